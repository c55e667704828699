using System.Diagnostics;

namespace NanoRnn.Arm64.Report;

/// <summary>Runs programs.</summary>
internal static class Tool
{
    /// <summary>What a program of LLVM prints, given a text to read.</summary>
    public static string RunLlvm(string name, string[] arguments, string input = "")
    {
        var program = name + Environment.GetEnvironmentVariable("LLVM_SUFFIX");
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        process.WaitForExit();
        return process.ExitCode == 0 ? output.Result : throw new InvalidDataException($"{program}: {errors.Result.Trim()}");
    }
}
