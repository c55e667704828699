using System.Diagnostics;

namespace NanoRnn.Mutation;

/// <summary>Runs other programs.</summary>
internal static class Command
{
    /// <summary>Runs one to its end, with its output kept from the console.</summary>
    /// <returns>Its exit code and what it printed.</returns>
    public static (int ExitCode, string Output) Run(string folder, string program, params IEnumerable<string> arguments)
    {
        var info = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };

        // Faults that only slow tests can notice have these among theirs.
        info.Environment["NANORNN_SLOW_TESTS"] = "1";
        using var process = Process.Start(info)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + error.Result);
    }
}
