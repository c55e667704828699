using NanoRnn.Benchmarks.Models;

namespace NanoRnn.Benchmarks.Rows;

/// <summary>The tasks <c>stream</c> and <c>seq100</c>, for every cell and size.</summary>
internal static class InferenceRows
{
    /// <param name="folder">Weights and expected outputs; null for random weights.</param>
    /// <param name="effort">How long to measure.</param>
    /// <exception cref="InvalidDataException">An output is not what is expected.</exception>
    public static IEnumerable<Row> Measure(ModelFolder? folder, Effort effort)
    {
        var signal = folder?.ReadSignal() ?? Signal.Create();
        var outputs = new float[Signal.Steps];
        foreach (var (cell, units) in InferenceModels.All)
        {
            var model = InferenceModels.Create(cell, units);
            folder?.LoadWeights(model, cell, units);
            yield return MeasureTask("stream", () => model.Stream(signal, outputs));
            yield return MeasureTask("seq100", () => model.Predict(signal, outputs));

            Row MeasureTask(string task, Action call)
            {
                const double NanosecondsPerStep = 1e6 / Signal.Steps;
                call();
                folder?.Check(outputs, task, cell, units);
                return RowsCommand.CreateRow(task, cell, units, "ns/step", effort.Measure(call), NanosecondsPerStep) with
                {
                    Flops = 2.0 * model.Weights.Where(tensor => tensor.Name.EndsWith("kernel", StringComparison.Ordinal)).Sum(tensor => tensor.Count),
                    Bytes = sizeof(float) * model.Weights.Sum(tensor => tensor.Count),
                };
            }
        }
    }
}
