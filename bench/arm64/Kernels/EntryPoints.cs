using System.Runtime.InteropServices;

namespace NanoRnn.Arm64;

/// <summary>Functions of the object file. Nobody calls them; the step kernels are compiled because these use them.</summary>
internal static unsafe class EntryPoints
{
    [UnmanagedCallersOnly(EntryPoint = "predict_rnn32")]
    public static void PredictRnn32(float* x, float* y, int steps) => new Rnn32().Predict(new(x, steps), new(y, steps));

    [UnmanagedCallersOnly(EntryPoint = "predict_rnn64")]
    public static void PredictRnn64(float* x, float* y, int steps) => new Rnn64().Predict(new(x, steps), new(y, steps));

    [UnmanagedCallersOnly(EntryPoint = "predict_lstm32")]
    public static void PredictLstm32(float* x, float* y, int steps) => new Lstm32().Predict(new(x, steps), new(y, steps));

    [UnmanagedCallersOnly(EntryPoint = "predict_lstm64")]
    public static void PredictLstm64(float* x, float* y, int steps) => new Lstm64().Predict(new(x, steps), new(y, steps));

    [UnmanagedCallersOnly(EntryPoint = "predict_gru32")]
    public static void PredictGru32(float* x, float* y, int steps) => new Gru32().Predict(new(x, steps), new(y, steps));

    [UnmanagedCallersOnly(EntryPoint = "predict_gru64")]
    public static void PredictGru64(float* x, float* y, int steps) => new Gru64().Predict(new(x, steps), new(y, steps));
}
