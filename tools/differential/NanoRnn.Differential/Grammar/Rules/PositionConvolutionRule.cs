namespace NanoRnn.Differential.Grammar.Rules;

/// <summary>A convolution within each step, sometimes in groups.</summary>
internal sealed class PositionConvolutionRule : ILayerRule
{
    private const int MaxFeatures = 200;

    public int Weight => 3;

    public bool Fits(NetworkShape shape) => shape.Features is > 1 and <= MaxFeatures;

    public LayerTerm Write(NetworkShape shape)
    {
        var dice = shape.Dice;
        var positions = dice.Pick<int>(Conv1DRule.Divisors(shape.Features));
        var channels = shape.Features / positions;
        var groups = dice.Chance(0.3) ? dice.Pick<int>(Conv1DRule.Divisors(channels)) : 1;
        var (filters, size) = (groups * dice.Pick(1, 2, 3, 5, 9), dice.Pick(1, 2, 3, 4));
        var (strides, dilation) = dice.Chance(0.3) ? (dice.Pick(2, 3), 1) : (1, dice.Pick(1, 1, 2));
        var padding = (size - 1) * dilation < positions ? dice.Pick("Valid", "Same", "Causal") : dice.Pick("Same", "Causal");
        var outputs = padding == "Valid" ? (positions - (size - 1) * dilation - 1) / strides + 1 : (positions - 1) / strides + 1;
        (shape.Features, shape.HasWork) = (outputs * filters, true);
        var layer = LayerTerm.Of("Conv1D", filters, size)
            .With("Positions", positions).With("Strides", strides).With("DilationRate", dilation).With("Groups", groups).With("Padding", $"Padding.{padding}");
        return Conv1DRule.WithOptions(layer, dice);
    }
}
