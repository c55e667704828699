namespace NanoRnn.Benchmarks.Models;

/// <summary>What the inference models are fed with.</summary>
internal static class Signal
{
    public const int Steps = 100;

    /// <summary>One sequence, the same as that of the peers but for the last bit.</summary>
    public static float[] Create() =>
        [.. Enumerable.Range(0, Steps).Select(t => (float)(0.8 * Math.Sin(0.1 * t) + 0.1 * Math.Cos(0.37 * t)))];
}
