using System.ComponentModel;
using System.Diagnostics;

namespace NanoRnn.Arm64.Compilation;

/// <summary>What a program has done.</summary>
/// <param name="ExitCode">Its exit status, or null if it was ended because its time was over.</param>
/// <param name="Output">What it has printed.</param>
/// <param name="Errors">What it has printed as errors.</param>
public sealed record ToolResult(int? ExitCode, string Output, string Errors);

/// <summary>Runs programs, each for a limited time.</summary>
public static class Tool
{
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromMinutes(5);

    /// <summary>The .NET command.</summary>
    public static string DotNet => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    /// <summary>Whether a program is on the path.</summary>
    public static bool IsInstalled(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));

    /// <summary>What a program prints.</summary>
    /// <param name="program">Its name or path.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="input">A text for it to read.</param>
    /// <exception cref="InvalidDataException">It failed or took too long.</exception>
    public static string Read(string program, IEnumerable<string> arguments, string input = "")
    {
        var result = Run(program, arguments, DefaultTimeout, input);
        return result.ExitCode switch
        {
            0 => result.Output,
            null => throw new InvalidDataException($"{program}: still running after {DefaultTimeout}"),
            var code => throw new InvalidDataException($"{program}: exit status {code}: {result.Errors.Trim()} {result.Output.Trim()}"),
        };
    }

    /// <summary>Runs a program to its end, or ends it when its time is over.</summary>
    /// <exception cref="InvalidDataException">It cannot be started.</exception>
    public static ToolResult Run(string program, IEnumerable<string> arguments, TimeSpan timeout, string input = "")
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };

        // A build server would hold the output open.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        using var process = Start(start);
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        var isDone = process.WaitForExit(timeout);
        if (!isDone)
            process.Kill(entireProcessTree: true);
        process.WaitForExit();
        return new ToolResult(isDone ? process.ExitCode : null, output.Result, errors.Result);
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception exception)
        {
            throw new InvalidDataException($"{start.FileName}: {exception.Message}", exception);
        }
    }
}
