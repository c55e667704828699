using NanoRnn.Tests.Shared;

namespace NanoRnn.Behaviour.Tests;

/// <summary>Runs the test host in processes of its own.</summary>
internal static class HostProcess
{
    /// <summary>The test host.</summary>
    public static string HostPath => typeof(TestModels).Assembly.Location;

    /// <summary>Runs it to its end and returns the lines it prints.</summary>
    public static Task<string[]> RunHostAsync(string mode, params IEnumerable<(string Name, string Value)> environment) =>
        DotNetProcess.RunAsync(HostPath, Path.GetDirectoryName(HostPath)!, [mode], environment);
}
