using NanoRnn.CompilerServices;

namespace NanoRnn;

/// <summary><see cref="Loss.CosineSimilarity"/>.</summary>
internal sealed class CosineSimilarityLoss() : PositionLoss("CosineSimilarity")
{
    public static readonly CosineSimilarityLoss Instance = new();

    internal override string? FindMismatch(ModelLayout layout) => layout.OutputSize >= 2
        ? null
        : $"{Name} compares directions, which outputs of one number have not; {layout.ModelName} has {layout.OutputSize} output.";

    private protected override double Evaluate(
        ReadOnlySpan<float> output, ReadOnlySpan<float> target, Span<float> gradient, int positions, bool isFused)
    {
        var (squares, targetSquares, product) = (0.0, 0.0, 0.0);
        for (var i = 0; i < output.Length; i++)
        {
            squares += (double)output[i] * output[i];
            targetSquares += (double)target[i] * target[i];
            product += (double)output[i] * target[i];
        }

        var (norm, targetNorm) = (Norm(squares), Norm(targetSquares));
        var cosine = product / norm / targetNorm;

        // A norm that is as small as it may be does not change with the outputs.
        var pull = norm > Probability.Smallest || double.IsNaN(norm) ? cosine / norm : 0;
        for (var i = 0; i < gradient.Length; i++)
            gradient[i] = (float)((output[i] / norm * pull - target[i] / targetNorm / norm) / positions);
        return -cosine;
    }

    private static double Norm(double squares) => Math.Max(Math.Sqrt(squares), Probability.Smallest);
}
