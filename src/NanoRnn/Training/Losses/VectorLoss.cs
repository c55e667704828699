using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using NanoRnn.CompilerServices;
using NanoRnn.Numerics;

namespace NanoRnn;

/// <summary>The mean of a function of each output and its target, in single precision, for outputs that may be any numbers.</summary>
internal sealed class VectorLoss<TFunction>(TFunction function) : Loss(TFunction.Name)
    where TFunction : struct, ILossFunction
{
    /// <summary>The mean of a function that has no numbers of its own.</summary>
    public static readonly VectorLoss<TFunction> Instance = new(default);

    internal override string? FindMismatch(ModelLayout layout) => null;

    internal override double Sum(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, int outputSize)
    {
        var sums = default(PartialSums);
        var i = 0;
        for (; i <= outputs.Length - PartialSums.Count; i += PartialSums.Count)
            sums.Add(function.Value(Load(outputs, i), Load(targets, i)));
        if (i < outputs.Length)
            sums.Add(KeepFirst(function.Value(LoadTail(outputs, i), LoadTail(targets, i)), outputs.Length - i));
        return sums.Fold();
    }

    internal override double SumAndGradient(
        ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, int outputSize, Span<float> gradients, bool isFused)
    {
        var sums = default(PartialSums);
        var count = Vector512.Create((float)outputs.Length);
        var i = 0;
        for (; i <= outputs.Length - PartialSums.Count; i += PartialSums.Count)
        {
            var (prediction, target) = (Load(outputs, i), Load(targets, i));
            sums.Add(function.Value(prediction, target));
            (function.Slope(prediction, target) / count).StoreUnsafe(ref MemoryMarshal.GetReference(gradients), (nuint)i);
        }

        if (i < outputs.Length)
        {
            var (prediction, target) = (LoadTail(outputs, i), LoadTail(targets, i));
            sums.Add(KeepFirst(function.Value(prediction, target), outputs.Length - i));
            Span<float> tail = stackalloc float[PartialSums.Count];
            (function.Slope(prediction, target) / count).CopyTo(tail);
            tail[..(outputs.Length - i)].CopyTo(gradients[i..]);
        }

        return sums.Fold();
    }

    private static Vector512<float> Load(ReadOnlySpan<float> values, int index) =>
        Vector512.LoadUnsafe(ref MemoryMarshal.GetReference(values), (nuint)index);

    /// <summary>The last values, with zeros behind them.</summary>
    private static Vector512<float> LoadTail(ReadOnlySpan<float> values, int index)
    {
        Span<float> tail = stackalloc float[PartialSums.Count];
        tail.Clear();
        values[index..].CopyTo(tail);
        return Vector512.Create<float>(tail);
    }

    /// <summary>The first terms, with zeros behind them: a function need not be zero, nor a number, where output and target are.</summary>
    private static Vector512<float> KeepFirst(Vector512<float> terms, int count) => Vector512.ConditionalSelect(
        Vector512.LessThan(Vector512<float>.Indices, Vector512.Create((float)count)), terms, Vector512<float>.Zero);
}
