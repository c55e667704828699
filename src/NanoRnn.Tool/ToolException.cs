namespace NanoRnn.Tool;

/// <summary>What the tool cannot do, in a sentence for its user: what was expected, what came, and what to do.</summary>
internal class ToolException : Exception
{
    public ToolException(string message)
        : base(message)
    {
    }

    public ToolException(string message, Exception inner)
        : base(message, inner)
    {
    }

    /// <summary>The exit code that says so.</summary>
    public virtual int ExitCode => ExitCodes.InvalidFile;
}
