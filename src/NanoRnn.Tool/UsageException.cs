namespace NanoRnn.Tool;

/// <summary>A command line that is wrong.</summary>
/// <param name="message">What was expected, and what came.</param>
internal sealed class UsageException(string message) : ToolException(message)
{
    public override int ExitCode => ExitCodes.Usage;
}
