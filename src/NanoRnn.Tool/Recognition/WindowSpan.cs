namespace NanoRnn.Tool.Recognition;

/// <summary>Where windows lie.</summary>
/// <param name="Length">Steps from the first to the last of a window, both included.</param>
/// <param name="Stride">Steps from one window to the next.</param>
/// <param name="Before">Steps before the first one in the first window.</param>
internal sealed record WindowSpan(int Length, int Stride, int Before);
