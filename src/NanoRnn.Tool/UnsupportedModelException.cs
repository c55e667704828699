namespace NanoRnn.Tool;

/// <summary>A model that is sound and that NanoRnn has no layers for.</summary>
/// <param name="message">The node, the reason, and what to do.</param>
internal sealed class UnsupportedModelException(string message) : ToolException(message)
{
    public override int ExitCode => ExitCodes.Unsupported;
}
