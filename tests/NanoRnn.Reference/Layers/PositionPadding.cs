namespace NanoRnn.Reference;

/// <param name="Before">Positions before the first one.</param>
/// <param name="Behind">Positions behind the last one.</param>
internal abstract record PositionPaddingDescription(int Before, int Behind, string DefaultName) : LayerDescription(DefaultName)
{
    public int Positions { get; init; }

    public override ReferenceLayer Create(string name, int inputs) => new ReferencePositionPadding(inputs, this);
}

internal sealed record ZeroPaddingDescription(int Before, int Behind) : PositionPaddingDescription(Before, Behind, "zero_padding1d");

internal sealed record ReflectionPaddingDescription(int Before, int Behind) : PositionPaddingDescription(Before, Behind, "reflection_padding1d");

/// <summary>More positions around those of each step.</summary>
internal sealed class ReferencePositionPadding(int inputs, PositionPaddingDescription options)
    : ReferenceLayer(inputs / PositionsOf(inputs, options) * (PositionsOf(inputs, options) + options.Before + options.Behind))
{
    private readonly int _positions = PositionsOf(inputs, options);

    public override ReferenceSequence Run(ReferenceSequence input, ReferenceRun run) => input.Select(x =>
    {
        double[][] positions = [.. x.Chunk(inputs / _positions)];
        double[][] before = [.. Enumerable.Range(1, options.Before).Reverse().Select(i => Of(positions, i))];
        double[][] behind = [.. Enumerable.Range(1, options.Behind).Select(i => Of(positions, _positions - 1 - i))];
        return [.. before.Concat(positions).Concat(behind).SelectMany(position => position)];
    });

    private double[] Of(double[][] positions, int reflected) => options is ReflectionPaddingDescription ? positions[reflected] : new double[inputs / _positions];

    private static int PositionsOf(int inputs, PositionPaddingDescription options) => options.Positions > 0 ? options.Positions : inputs;
}
