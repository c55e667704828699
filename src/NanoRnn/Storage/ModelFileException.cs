namespace NanoRnn;

/// <summary>A file or buffer does not hold the model that was to be loaded from it; the message says what was expected and found.</summary>
public sealed class ModelFileException : IOException
{
    /// <summary>An exception without details.</summary>
    public ModelFileException()
    {
    }

    /// <summary>An exception with a message.</summary>
    /// <param name="message">What was expected and what was found.</param>
    public ModelFileException(string message)
        : base(message)
    {
    }

    /// <summary>An exception with a message and a cause.</summary>
    /// <param name="message">What was expected and what was found.</param>
    /// <param name="innerException">The cause.</param>
    public ModelFileException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
