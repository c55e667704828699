using System.Diagnostics;
using System.Globalization;
using NanoRnn.Tests.Shared;

namespace NanoRnn.Mpi.Tests;

/// <summary>Starts this assembly's program in several processes.</summary>
internal static class MpiRun
{
    /// <summary>Longer than any of these takes; what hangs is killed then, and the test fails.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    /// <summary>Why it cannot, or null.</summary>
    public static string? Obstacle { get; } = FindObstacle();

    /// <summary>Runs the program to its end.</summary>
    /// <returns>The exit code of mpirun, and what has been written.</returns>
    public static async Task<(int ExitCode, string Output)> RunAsync(int processes, Action<Process>? whileRunning, params string[] arguments)
    {
        var info = new ProcessStartInfo("mpirun")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        string[] all =
        [
            "-n", processes.ToString(CultureInfo.InvariantCulture), "--oversubscribe", "--bind-to", "none", DotNetProcess.DotNetPath,
            typeof(MpiRun).Assembly.Location, .. arguments,
        ];
        foreach (var argument in all)
            info.ArgumentList.Add(argument);
        info.Environment["OMPI_ALLOW_RUN_AS_ROOT"] = info.Environment["OMPI_ALLOW_RUN_AS_ROOT_CONFIRM"] = "1";
        using var process = Process.Start(info)!;
        using var timeout = new CancellationTokenSource(Limit);
        try
        {
            var (output, errors) = (process.StandardOutput.ReadToEndAsync(timeout.Token), process.StandardError.ReadToEndAsync(timeout.Token));
            whileRunning?.Invoke(process);
            await process.WaitForExitAsync(timeout.Token);
            return (process.ExitCode, await output + await errors);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    private static string? FindObstacle()
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("mpirun", "--version") { RedirectStandardOutput = true })!;
            var version = process.StandardOutput.ReadToEnd();
            return version.Contains("Open MPI", StringComparison.Ordinal) ? null : $"Needs Open MPI; mpirun is of another MPI: {version}";
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "Needs Open MPI: apt install openmpi-bin.";
        }
    }
}
