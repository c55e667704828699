using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using NanoRnn.CompilerServices;
using NanoRnn.Numerics;

namespace NanoRnn;

/// <summary>A function of the error <c>e = y − t</c> that is zero at zero, with its derivative.</summary>
internal interface IErrorFunction
{
    /// <summary>Value for sixteen errors.</summary>
    Vector512<float> Value(Vector512<float> error);

    /// <summary>Derivative for sixteen errors.</summary>
    Vector512<float> Derivative(Vector512<float> error);
}

/// <summary><c>e²</c></summary>
internal readonly struct SquaredError : IErrorFunction
{
    public Vector512<float> Value(Vector512<float> error) => error * error;

    public Vector512<float> Derivative(Vector512<float> error) => error + error;
}

/// <summary><c>|e|</c></summary>
internal readonly struct AbsoluteError : IErrorFunction
{
    public Vector512<float> Value(Vector512<float> error) => Vector512.Abs(error);

    // What is neither above nor below zero passes through: zero and NaN.
    public Vector512<float> Derivative(Vector512<float> error) => Vector512.ConditionalSelect(
        Vector512.GreaterThan(error, Vector512<float>.Zero),
        Vector512<float>.One,
        Vector512.ConditionalSelect(Vector512.LessThan(error, Vector512<float>.Zero), -Vector512<float>.One, error));
}

/// <summary><c>½e²</c> near zero, linear from <paramref name="delta"/> on.</summary>
internal readonly struct HuberError(float delta) : IErrorFunction
{
    public Vector512<float> Value(Vector512<float> error)
    {
        var magnitude = Vector512.Abs(error);
        return Vector512.ConditionalSelect(
            Vector512.LessThanOrEqual(magnitude, Vector512.Create(delta)),
            error * error * Vector512.Create(0.5f),
            magnitude * Vector512.Create(delta) - Vector512.Create(0.5f * delta * delta));
    }

    public Vector512<float> Derivative(Vector512<float> error) =>
        Vector512.Min(Vector512.Max(error, Vector512.Create(-delta)), Vector512.Create(delta));
}

/// <summary>The mean of a function of the error.</summary>
internal sealed class ErrorLoss<TFunction>(string name, TFunction function) : Loss(name)
    where TFunction : struct, IErrorFunction
{
    /// <summary>Outputs may be any numbers.</summary>
    internal override string? FindMismatch(ModelLayout layout) => null;

    internal override double Sum(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, int outputSize)
    {
        var sums = default(PartialSums);
        var i = 0;
        for (; i <= outputs.Length - PartialSums.Count; i += PartialSums.Count)
            sums.Add(function.Value(Load(outputs, i) - Load(targets, i)));
        if (i < outputs.Length)
            sums.Add(function.Value(LoadTail(outputs, i) - LoadTail(targets, i)));
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
            var error = Load(outputs, i) - Load(targets, i);
            sums.Add(function.Value(error));
            (function.Derivative(error) / count).StoreUnsafe(ref MemoryMarshal.GetReference(gradients), (nuint)i);
        }

        if (i < outputs.Length)
        {
            var error = LoadTail(outputs, i) - LoadTail(targets, i);
            sums.Add(function.Value(error));
            Span<float> tail = stackalloc float[PartialSums.Count];
            (function.Derivative(error) / count).CopyTo(tail);
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
}
