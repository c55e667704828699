using System.Diagnostics;

namespace NanoRnn.Aot.Tests;

/// <summary>Runs <c>dotnet publish</c>, away from the folders of the build that runs these tests.</summary>
internal static class Publishing
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(10);

    /// <param name="project">The project, from the root of the repository.</param>
    /// <param name="build">Folder for what is built on the way.</param>
    /// <param name="output">Folder for what is published.</param>
    /// <param name="options">Further options.</param>
    /// <returns>What it printed.</returns>
    public static async Task<string> PublishAsync(string project, string build, string output, params string[] options)
    {
        string[] arguments = ["publish", Repository.PathOf(project), "-c", "Release", "--artifacts-path", build, "-o", output, .. options];
        var info = new ProcessStartInfo(EdgeProgram.DotNetPath, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        (info.Environment["DOTNET_CLI_UI_LANGUAGE"], info.Environment["MSBUILDDISABLENODEREUSE"]) = ("en", "1");

        // What a test run's own build has set is not for the builds inside it.
        info.Environment.Remove("MSBuildSDKsPath");
        info.Environment.Remove("MSBUILD_EXE_PATH");
        using var process = Process.Start(info)!;
        using var timeout = new CancellationTokenSource(Timeout);
        var (text, errors) = (process.StandardOutput.ReadToEndAsync(timeout.Token), process.StandardError.ReadToEndAsync(timeout.Token));
        await process.WaitForExitAsync(timeout.Token);
        var log = await text + await errors;
        Assert.True(process.ExitCode == 0, $"dotnet {string.Join(' ', arguments)} ended with {process.ExitCode}:\n{log}");
        return log;
    }
}
