namespace NanoRnn.Aot.Tests;

/// <summary>What a program wrote and how it ended.</summary>
internal sealed record ProgramResult(string Name, int ExitCode, string Output, string Errors)
{
    /// <summary>Fails the test when the program failed.</summary>
    public ProgramResult Succeed()
    {
        Assert.True(ExitCode == 0, $"{Name} ended with {ExitCode}:\n{Output}\n{Errors}");
        return this;
    }
}
