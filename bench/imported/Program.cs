using System.Diagnostics;
using NanoRnn.Imported;

var models = args[0];
var random = new Random(1);
Console.WriteLine("| Model | Steps at once | NanoRnn | ONNX Runtime | |");
Console.WriteLine("|---|---|---|---|---|");

using var mask = DtlnMask.Load(Weights("DtlnMask")).CreateSession();
Compare("DTLN 1: LSTM(128) × 2, Dense(257)", "dtln/model_1.onnx", 1, 257, 257, mask.Step);
using var filter = DtlnFilter.Load(Weights("DtlnFilter")).CreateSession();
Compare("DTLN 2: Dense(256), LayerNormalization, LSTM(128) × 2, Dense(256), Dense(512)", "dtln/model_2.onnx", 1, 512, 512, filter.Step);
using var step = LstmStep.Load(Weights("LstmStep")).CreateSession();
Compare("LSTM with its state in and out", "exported/lstm_state.onnx", 1, 3, LstmStep.OutputSize, step.Step);
foreach (var steps in (int[])[13, 100])
    Compare("bidirectional LSTM × 2", "exported/lstm2bi_dyn.onnx", steps, 3, BothWays.OutputSize, BothWays.Load(Weights("BothWays")).Predict);
Compare("GRU × 2", "exported/gru2.onnx", 9, 3, Grus.OutputSize, Grus.Load(Weights("Grus")).Predict);
Compare("SimpleRnn with ReLU", "exported/rnnrelu.onnx", 6, 3, ReluRnn.OutputSize, ReluRnn.Load(Weights("ReluRnn")).Predict);

static string Weights(string name) => Path.Combine("models", name, name.ToLowerInvariant() + ".safetensors");

void Compare(string name, string file, int steps, int features, int outputs, Prediction predict)
{
    var input = Array.ConvertAll(new float[steps * features], _ => 2 * random.NextSingle() - 1);
    using var session = new RuntimeSession(Path.Combine(models, file), input, steps, features);

    // All outputs of a sequence, or its last one.
    var output = new float[session.OutputLength % (steps * outputs) == 0 ? steps * outputs : outputs];
    predict(input, output);
    session.Run();
    if (output.Zip(session.Output).Max(pair => Math.Abs(pair.First - pair.Second)) is var error && error > 1e-5)
        throw new InvalidOperationException($"{name}: differs from ONNX Runtime by {error}.");
    var (ours, theirs) = (double.MaxValue, double.MaxValue);
    for (var round = 0; round < 9; round++)
    {
        ours = Math.Min(ours, Time(() => predict(input, output)));
        theirs = Math.Min(theirs, Time(session.Run));
    }

    Console.WriteLine(FormattableString.Invariant($"| {name} | {steps} | {ours:F2} µs | {theirs:F2} µs | {theirs / ours:F1} × |"));
}

// Microseconds of one call.
static double Time(Action run)
{
    var (clock, count) = (Stopwatch.StartNew(), 0);
    do
    {
        for (var i = 0; i < 16; i++)
            run();
        count += 16;
    }
    while (clock.ElapsedMilliseconds < 120);
    return clock.Elapsed.TotalMicroseconds / count;
}

internal delegate void Prediction(ReadOnlySpan<float> input, Span<float> output);
