namespace NanoRnn.Generators.Planning;

/// <summary>
/// The memory of a prediction from one sequence. It goes through some steps at a time, one group of layers after the other, so that
/// the inputs of a group's first layer at all of them are known when its first one starts. Every layer has the output before the first
/// of them in row 0 and those of the steps in the rows behind.
/// </summary>
internal sealed class SequencePlan
{
    private const int MaxSteps = 16;

    private const int MaxFloats = 64 * 1024 / sizeof(float);

    private readonly Dictionary<LayerPlan, int> _outputs = [];
    private readonly Dictionary<LayerPlan, int> _states = [];

    /// <param name="layers">The layers that do something in prediction.</param>
    /// <param name="masks">Whether steps may be skipped.</param>
    public SequencePlan(IReadOnlyList<LayerPlan> layers, bool masks)
    {
        var sums = layers.OfType<CellPlan>().Select(layer => layer.Projects ? layer.SumsLength : 0).Append(0).Max();
        var floatsPerStep = sums + layers.Where(layer => layer.InputIsSequence).Sum(layer => layer.Split.RowLength);
        Steps = MaxSteps;
        while (Steps > 2 && Steps * floatsPerStep > MaxFloats)
            Steps /= 2;

        Groups = GroupLayers(layers.Where(layer => layer.InputIsSequence));
        Length = Steps * sums;
        foreach (var layer in layers)
        {
            _outputs.Add(layer, Length);
            Length += ModelPlan.RoundUp((layer.InputIsSequence ? Steps + 1 : 2) * layer.Split.RowLength);
        }

        foreach (var layer in layers)
        {
            _states.Add(layer, Length);
            Length += layer.MemoryLength;
        }

        MaskOffset = Length;
        if (masks)
            Length += ModelPlan.RoundUp(Steps);
    }

    /// <summary>
    /// The layers of every step, in groups that go through the steps together: while one layer waits for its last sums, the processor is
    /// already at the next. Where a layer's sums over the inputs are made ahead, or the weights would not stay in the first cache,
    /// a group of its own begins.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<LayerPlan>> Groups { get; }

    /// <summary>Steps at a time, an even number.</summary>
    public int Steps { get; }

    /// <summary>Floats in all. The sums of projected inputs come first.</summary>
    public int Length { get; }

    /// <summary>Where it is noted, step by step, which ones count.</summary>
    public int MaskOffset { get; }

    private static List<List<LayerPlan>> GroupLayers(IEnumerable<LayerPlan> layers)
    {
        var groups = new List<List<LayerPlan>>();
        foreach (var layer in layers)
            if (groups.Count > 0 && Joins(layer, groups[groups.Count - 1]))
                groups[groups.Count - 1].Add(layer);
            else
                groups.Add([layer]);
        return groups;

        static bool Joins(LayerPlan layer, List<LayerPlan> group) =>
            layer is CellPlan { Projects: false } cell
            && group.All(other => other is CellPlan)
            && (cell.UsesDotProducts || group.Append(layer).Sum(other => other.WeightLength) <= CellPlan.CachedWeights);
    }

    /// <summary>Where a layer's rows start.</summary>
    public int OutputOffset(LayerPlan layer) => _outputs[layer];

    /// <summary>Where a layer's other states start, and behind them what its stages leave for each other.</summary>
    public int StateOffset(LayerPlan layer) => _states[layer];
}
