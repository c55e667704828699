using System.Runtime.InteropServices;

namespace NanoRnn.Arm64;

[RnnModel(InputSize = 1)]
[Lstm(32)]
[Dense(1)]
internal sealed unsafe partial class Forecaster
{
    private static readonly Forecaster Instance = new();
    private static readonly Session Stream = Instance.CreateSession();

    [UnmanagedCallersOnly(EntryPoint = "predict")]
    public static void PredictOne(float* x, float* y, int steps) => Instance.Predict(new(x, steps), new(y, OutputSize));

    [UnmanagedCallersOnly(EntryPoint = "predict_batch")]
    public static void PredictMany(float* x, float* y, int rows, int steps) =>
        Instance.PredictBatch(new(x, rows * steps), steps, new(y, rows * OutputSize));

    [UnmanagedCallersOnly(EntryPoint = "step")]
    public static void Step(float* x, float* y) => Stream.Step(new(x, InputSize), new(y, OutputSize));
}
