using System.Diagnostics;

namespace NanoRnn.Aot.Tests;

/// <summary>A program that reads standard input: samples/Edge in one of its forms.</summary>
/// <param name="Name">What to call it.</param>
/// <param name="Command">What to start.</param>
/// <param name="FirstArguments">What comes before its own arguments.</param>
internal sealed record EdgeProgram(string Name, string Command, params string[] FirstArguments)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(2);

    /// <summary>The dotnet command that runs these tests.</summary>
    public static string DotNetPath { get; } =
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", "..", "..", "dotnet"));

    /// <summary>Compiled at run time.</summary>
    public static EdgeProgram JustInTime { get; } = new("just in time", DotNetPath, Path.Combine(AppContext.BaseDirectory, "edge.dll"));

    public Process Start(params string[] arguments) => Process.Start(new ProcessStartInfo(Command, [.. FirstArguments, .. arguments])
    {
        RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
    })!;

    /// <summary>Runs it to its end.</summary>
    public async Task<ProgramResult> RunAsync(string input, params string[] arguments)
    {
        using var process = Start(arguments);
        using var timeout = new CancellationTokenSource(Timeout);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(timeout.Token);
            var errors = process.StandardError.ReadToEndAsync(timeout.Token);
            await WriteAsync(process, input, timeout.Token);
            await process.WaitForExitAsync(timeout.Token);
            return new ProgramResult(Name, process.ExitCode, await output, await errors);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw;
        }
    }

    private static async Task WriteAsync(Process process, string input, CancellationToken cancellation)
    {
        try
        {
            await process.StandardInput.WriteAsync(input.AsMemory(), cancellation);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has ended without reading everything.
        }
    }
}
