using NanoRnn.Tests.Shared;

namespace NanoRnn.Limits.Tests;

/// <summary>Runs the test host in a process of its own.</summary>
internal static class HostProcess
{
    private static readonly string Path = typeof(PaddingRun).Assembly.Location;

    public static Task<string[]> RunAsync(string mode, params IEnumerable<(string Name, string Value)> environment) =>
        DotNetProcess.RunAsync(Path, System.IO.Path.GetDirectoryName(Path)!, [mode], environment);
}
