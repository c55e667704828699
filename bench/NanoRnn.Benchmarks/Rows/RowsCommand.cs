using System.Globalization;
using System.Runtime.Intrinsics;
using NanoRnn.Benchmarks.Models;

namespace NanoRnn.Benchmarks.Rows;

/// <summary>NanoRnn's side of the run beside the peers: prints one row for each task.</summary>
internal static class RowsCommand
{
    private const string Quick = "--quick";

    private const string Usage = """
        Usage: rows infer [MODELS_DIR] [--quick]    a step of a stream, and of a sequence of 100 steps
               rows train [MODELS_DIR] [--quick] [--threads N]    an epoch, or an optimizer step
        MODELS_DIR holds weights and the outputs expected of them; without it weights are random and nothing is compared.
        """;

    private static int VectorBits =>
        Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : Vector128.IsHardwareAccelerated ? 128 : 0;

    public static int Run(string[] arguments, TextWriter output, TextWriter error)
    {
        var effort = arguments.Contains(Quick) ? Effort.Quick : Effort.Full;
        var threads = 1;
        string[] positional = [.. arguments.Where(argument => argument != Quick)];
        if (positional is [.. var others, "--threads", var count] && int.TryParse(count, CultureInfo.InvariantCulture, out threads))
            positional = others;
        var rows = positional switch
        {
            ["infer"] => InferenceRows.Measure(null, effort),
            ["infer", var models] => InferenceRows.Measure(new ModelFolder(models), effort),
            ["train"] or ["train", _] => TrainingRows.Measure(effort, threads),
            _ => null,
        };
        if (rows is null)
        {
            error.WriteLine(Usage);
            return 2;
        }

        try
        {
            foreach (var row in rows)
                output.WriteLine(row.ToJson());
            return 0;
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException)
        {
            error.WriteLine(exception.Message);
            return 1;
        }
    }

    /// <summary>A row of this library in this process.</summary>
    /// <param name="task">Name of the task.</param>
    /// <param name="cell">The recurrent layer.</param>
    /// <param name="units">Its size.</param>
    /// <param name="unit">What the figures are.</param>
    /// <param name="time">Milliseconds.</param>
    /// <param name="perUnit">What they are multiplied by to get the unit.</param>
    public static Row CreateRow(string task, Cell cell, int units, string unit, (double Median, double Min) time, double perUnit) => new()
    {
        Peer = "nanornn",
        Task = task,
        Cell = cell.ToRowName(),
        Hidden = units,
        Unit = unit,
        Median = Math.Round(time.Median * perUnit, 4),
        Min = Math.Round(time.Min * perUnit, 4),
        Vectors = VectorBits,
    };
}
