namespace NanoRnn.Package.Tests;

/// <summary>What a program printed, output and errors together, and how it ended.</summary>
internal sealed record CommandResult(string Command, int ExitCode, string Output)
{
    /// <summary>Fails the test when the program failed.</summary>
    public CommandResult Succeed()
    {
        Assert.True(ExitCode == 0, $"{Command} ended with {ExitCode}:\n{Output}");
        return this;
    }
}
