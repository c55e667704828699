namespace NanoRnn.Differential.Grammar.Rules;

/// <summary>One output of several that have the same steps, and the same features where they have to; the same one may come twice.</summary>
internal sealed class MergeRule : ILayerRule
{
    private const int MaxFeatures = 100;

    public int Weight => 8;

    public bool Fits(NetworkShape shape) => shape.Outputs.Count > 0;

    public LayerTerm Write(NetworkShape shape)
    {
        var dice = shape.Dice;
        var kind = dice.Pick("Concatenate", "Add", "Subtract", "Multiply", "Average");
        var count = kind == "Subtract" ? 2 : 2 + dice.Next(3);
        var joins = kind == "Concatenate";
        var fitting = shape.Outputs.Where(output => output.Steps == shape.Steps && (joins || output.Features == shape.Features)).ToList();
        var chosen = new List<LayerOutput> { fitting.First(output => output.Features == shape.Features) };
        while (chosen.Count < count)
        {
            var others = fitting.Except(chosen).ToArray();
            chosen.Insert(dice.Next(chosen.Count + 1), others.Length > 0 && dice.Chance(0.9) ? dice.Pick<LayerOutput>(others) : dice.Pick<LayerOutput>([.. fitting]));
        }

        if (joins && chosen.Sum(output => output.Features) > MaxFeatures)
            chosen.RemoveRange(2, chosen.Count - 2);
        (shape.Features, shape.HasWork) = (joins ? chosen.Sum(output => output.Features) : shape.Features, true);
        return LayerTerm.Of(kind, [.. chosen.Select(output => output.Name)]);
    }
}
