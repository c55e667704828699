namespace NanoRnn.Mpi;

/// <summary>MPI could not do what it was asked for, or other processes are gone.</summary>
public sealed class MpiException : Exception
{
    /// <summary>An exception with a message.</summary>
    /// <param name="message">What went wrong.</param>
    public MpiException(string message)
        : base(message)
    {
    }
}
