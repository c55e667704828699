using System.Diagnostics;

namespace NanoRnn.Package.Tests;

/// <summary>Runs programs in a folder.</summary>
internal static class Command
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(10);

    private static readonly (string Name, string? Value)[] Environment =
    [
        ("DOTNET_CLI_UI_LANGUAGE", "en"),
        ("DOTNET_CLI_TELEMETRY_OPTOUT", "1"),
        ("DOTNET_NOLOGO", "1"),
        // Nothing stays behind that holds the folders of a test.
        ("MSBUILDDISABLENODEREUSE", "1"),
        // What a test project's own build has set is not for the builds inside it.
        ("MSBuildSDKsPath", null),
        ("MSBUILD_EXE_PATH", null),
        // A commit of the same files is the same commit.
        ("GIT_AUTHOR_DATE", "2026-01-01T00:00:00Z"),
        ("GIT_COMMITTER_DATE", "2026-01-01T00:00:00Z"),
    ];

    /// <summary>The dotnet command that runs these tests.</summary>
    public static string DotNetPath { get; } = Path.GetFullPath(Path.Combine(
        Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));

    public static Task<CommandResult> DotNetAsync(string folder, params string[] arguments) => RunAsync(DotNetPath, folder, arguments, []);

    public static Task<CommandResult> DotNetAsync(string folder, string[] arguments, params (string Name, string? Value)[] environment) =>
        RunAsync(DotNetPath, folder, arguments, environment);

    public static Task<CommandResult> GitAsync(string folder, params string[] arguments) => RunAsync("git", folder, arguments, []);

    public static async Task<CommandResult> RunAsync(
        string program, string folder, string[] arguments, (string Name, string? Value)[] environment)
    {
        var info = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        foreach (var (name, value) in Environment.Concat(environment))
            info.Environment[name] = value;
        using var process = Process.Start(info)!;
        using var timeout = new CancellationTokenSource(Timeout);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(timeout.Token);
            var errors = process.StandardError.ReadToEndAsync(timeout.Token);
            await process.WaitForExitAsync(timeout.Token);
            return new CommandResult($"{Path.GetFileName(program)} {string.Join(' ', arguments)}", process.ExitCode, await output + await errors);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }
}
