using NanoRnn;

// A series to learn: two waves of different lengths. Put your own here, in whatever unit.
var series = Enumerable.Range(0, 1200).Select(t => (float)(0.6 * Math.Sin(0.20 * t) + 0.3 * Math.Sin(0.31 * t))).ToArray();

// Every 20 values and the one that follows; the last fifth is kept to judge by.
const int Window = 20;
var windows = SequenceDataset.FromWindows(series, Window, horizon: 1);
var (training, held) = windows.Split(0.8, gap: windows.Overlap);

var model = new Forecaster(seed: 42);
model.Adapt(training);
Console.WriteLine(Forecaster.Summary);

using var trainer = new Trainer<Forecaster>(model, new TrainerOptions
{
    Loss = Loss.MeanSquaredError,
    Optimizer = Optimizer.Adam(learningRate: 2e-3f),
    BatchSize = 32,
    TimeSteps = Window,
});
//#if (aot)
trainer.Fit(training, epochs: 30, validation: held, callbacks: new ProgressBar());
//#else
var history = trainer.Fit(training, epochs: 30, validation: held, callbacks: new ProgressBar());
//#endif
Console.WriteLine($"Held-out loss: {trainer.Evaluate(held):F6}");
//#if (!aot)

// The losses by epoch as a picture.
var plot = new ScottPlot.Plot();
foreach (var name in history.Names)
    plot.Add.Signal(history[name].ToArray()).LegendText = name;
plot.XLabel("epoch");
plot.ShowLegend();
plot.SaveSvg("loss.svg", 720, 360);
//#endif

// The trained model is a file, which any program with this class can load.
model.Save("forecaster.safetensors");
var forecaster = Forecaster.Load("forecaster.safetensors");

// Streaming: values go in one by one as they arrive, and each gives a forecast from the last ones, as in training. Nothing is allocated.
using var session = forecaster.CreateWindowSession(Window);
Span<float> next = stackalloc float[Forecaster.OutputSize];
foreach (var value in series.AsSpan(^Window..))
    session.Step([value], next);

// A forecast goes further by its own predictions.
Console.WriteLine("Forecast:");
for (var step = 1; step <= 10; step++)
{
    Console.WriteLine($"  +{step,2}  {next[0],6:F3}");
    session.Step([next[0]], next);
}

// The network. Change its layers, and the compiler writes other code. The first layer and the last one scale by what Adapt has seen.
[RnnModel(InputSize = 1)]
[Normalization]
[Lstm(24)]
[Dense(1)]
[Denormalization]
public sealed partial class Forecaster;
