using NanoRnn.CompilerServices;
using NanoRnn.Numerics;

namespace NanoRnn;

/// <summary><see cref="Loss.CategoricalCrossentropy"/>.</summary>
internal sealed class CategoricalCrossentropyLoss() : Loss("CategoricalCrossentropy")
{
    internal override long CountTerms(int positions, int outputSize) => positions;

    internal override bool IsFusedWith(Activation activation) => activation == Activation.Softmax;

    internal override string? FindMismatch(ModelLayout layout) => FindMismatch(Name, layout);

    /// <summary>The same of this loss under another name.</summary>
    internal static string? FindMismatch(string name, ModelLayout layout) =>
        layout.OutputSize < 2
            ? $"{name} needs at least two classes; {layout.ModelName} has {layout.OutputSize} output. For two classes in one " +
                $"output use {nameof(BinaryCrossentropy)}."
        : layout.OutputRange is OutputRange.Probability or OutputRange.Positive ? null
        : NeedsLayer(name, "probabilities of classes", Activation.Softmax, layout);

    internal override double Sum(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, int outputSize)
    {
        Span<double> sums = stackalloc double[PartialSums.Count];
        sums.Clear();
        for (var position = 0; position < outputs.Length / outputSize; position++)
        {
            var output = outputs.Slice(position * outputSize, outputSize);
            var target = targets.Slice(position * outputSize, outputSize);
            var total = Total(output);
            var sum = 0.0;
            for (var i = 0; i < outputSize; i++)
            {
                // Most targets are one-hot, and a logarithm costs more than all else here.
                if (target[i] != 0)
                    sum -= target[i] * DeterministicMath.Log(Probability.Clip(output[i] / total));
            }

            sums[position % PartialSums.Count] += sum;
        }

        return new PartialSums(sums).Fold();
    }

    internal override double SumAndGradient(
        ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, int outputSize, Span<float> gradients, bool isFused)
    {
        var positions = outputs.Length / outputSize;
        for (var position = 0; position < positions; position++)
        {
            var output = outputs.Slice(position * outputSize, outputSize);
            var target = targets.Slice(position * outputSize, outputSize);
            var gradient = gradients.Slice(position * outputSize, outputSize);
            if (isFused)
                FillFusedGradient(output, target, gradient, positions);
            else
                FillGradient(output, target, gradient, positions);
        }

        return Sum(outputs, targets, outputSize);
    }

    /// <summary>Sum of the outputs of one position, by which Keras divides them.</summary>
    internal static float Total(ReadOnlySpan<float> output)
    {
        var total = 0f;
        foreach (var value in output)
            total += value;
        return total;
    }

    private static void FillFusedGradient(
        ReadOnlySpan<float> output, ReadOnlySpan<float> target, Span<float> gradient, int positions)
    {
        var total = Total(target);
        for (var i = 0; i < output.Length; i++)
            gradient[i] = (output[i] * total - target[i]) / positions;
    }

    // With q = y/Σy: dL/dyᵢ = (gᵢ − Σgⱼqⱼ)/Σy and gᵢ = −tᵢ/qᵢ.
    private static void FillGradient(
        ReadOnlySpan<float> output, ReadOnlySpan<float> target, Span<float> gradient, int positions)
    {
        var total = Total(output);
        var mean = 0f;
        for (var i = 0; i < output.Length; i++)
        {
            var probability = output[i] / total;
            gradient[i] = Probability.IsInside(probability) ? -target[i] / probability : 0;
            mean += gradient[i] * probability;
        }

        foreach (ref var element in gradient)
            element = (element - mean) / total / positions;
    }
}
