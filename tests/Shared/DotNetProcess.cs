using System.Diagnostics;

namespace NanoRnn.Tests.Shared;

/// <summary>Runs .NET programs in processes of their own.</summary>
internal static class DotNetProcess
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(5);

    /// <summary>The dotnet command that runs these tests.</summary>
    public static string DotNetPath => Path.GetFullPath(Path.Combine(
        Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));

    /// <summary>Starts a program with its output redirected.</summary>
    public static Process Start(
        string program, string workingDirectory, IEnumerable<string> arguments, params IEnumerable<(string Name, string Value)> environment)
    {
        var info = new ProcessStartInfo(DotNetPath, [program, .. arguments])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = workingDirectory,
        };
        foreach (var (name, value) in environment)
            info.Environment[name] = value;
        return Process.Start(info)!;
    }

    /// <summary>Runs a program to its end and returns the lines it prints; fails when it fails.</summary>
    public static async Task<string[]> RunAsync(
        string program, string workingDirectory, IEnumerable<string> arguments, params IEnumerable<(string Name, string Value)> environment)
    {
        using var process = Start(program, workingDirectory, arguments, environment);
        using var timeout = new CancellationTokenSource(Timeout);
        var error = process.StandardError.ReadToEndAsync(timeout.Token);
        try
        {
            var output = await process.StandardOutput.ReadToEndAsync(timeout.Token);
            await process.WaitForExitAsync(timeout.Token);
            Assert.True(process.ExitCode == 0, $"{program} ended with {process.ExitCode}: {await error}");
            return output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw;
        }
    }
}
