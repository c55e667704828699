using NanoRnn.Numerics;

namespace NanoRnn;

/// <summary>The mean of a function of each output and its target.</summary>
internal abstract class ElementLoss<TFunction>(string name, TFunction function) : Loss(name)
    where TFunction : struct, IElementFunction
{
    internal override double Sum(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, int outputSize)
    {
        Span<double> sums = stackalloc double[PartialSums.Count];
        sums.Clear();
        for (var i = 0; i < outputs.Length; i++)
            sums[i % PartialSums.Count] += function.Evaluate(outputs[i], targets[i], out _);
        return new PartialSums(sums).Fold();
    }

    internal override double SumAndGradient(
        ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, int outputSize, Span<float> gradients, bool isFused)
    {
        Span<double> sums = stackalloc double[PartialSums.Count];
        sums.Clear();
        for (var i = 0; i < outputs.Length; i++)
        {
            sums[i % PartialSums.Count] += function.Evaluate(outputs[i], targets[i], out var slope);
            gradients[i] = (float)(slope / outputs.Length);
        }

        return new PartialSums(sums).Fold();
    }
}
