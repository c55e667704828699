namespace NanoRnn.Tool;

/// <summary>A model that is sound and that NanoRnn has no layers for.</summary>
/// <param name="message">The node, the reason, and what to do.</param>
internal sealed class UnsupportedModelException(string message) : ToolException(message)
{
    /// <summary>Whether another meaning of the input's axes may do.</summary>
    public bool IsOfLayout { get; init; }

    public override int ExitCode => ExitCodes.Unsupported;
}
