using NanoRnn.Benchmarks.Models;

namespace NanoRnn.Benchmarks.Rows;

/// <summary>The training tasks.</summary>
internal static class TrainingRows
{
    /// <exception cref="InvalidDataException">A loss did not fall.</exception>
    public static IEnumerable<Row> Measure(Effort effort, int threads)
    {
        foreach (var task in TrainingTask.All)
        {
            using var run = (task with { Threads = threads }).Start();
            var first = run.TrainEpoch();
            var time = effort.Measure(() => run.TrainEpoch());
            var last = run.TrainEpoch();
            if (!(last < first))
                throw new InvalidDataException(FormattableString.Invariant($"{task.Name}: the loss did not fall, {first} to {last}."));
            yield return RowsCommand.CreateRow(task.Name, task.Cell, task.Units, task.Unit, time, perUnit: 1) with { Flops = task.Flops, Threads = threads };
        }
    }
}
