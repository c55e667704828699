namespace NanoRnn.Reference;

internal sealed record MaxPoolingDescription(int PoolSize) : PoolingDescription("max_pooling1d", IsMean: false)
{
    public int? Strides { get; init; }

    public Padding Padding { get; init; } = Padding.Valid;

    public override ReferenceWindows Windows => new(PoolSize, 1, Strides ?? PoolSize, Padding);
}

internal sealed record AveragePoolingDescription(int PoolSize) : PoolingDescription("average_pooling1d", IsMean: true)
{
    public int? Strides { get; init; }

    public Padding Padding { get; init; } = Padding.Valid;

    public override ReferenceWindows Windows => new(PoolSize, 1, Strides ?? PoolSize, Padding);
}

internal sealed record GlobalMaxPoolingDescription() : PoolingDescription("global_max_pooling1d", IsMean: false);

internal sealed record GlobalAveragePoolingDescription() : PoolingDescription("global_average_pooling1d", IsMean: true);

/// <param name="DefaultName">As Keras calls it.</param>
/// <param name="IsMean">Whether the mean; else the largest.</param>
internal abstract record PoolingDescription(string DefaultName, bool IsMean) : LayerDescription(DefaultName)
{
    /// <summary>The steps of each output; null for all.</summary>
    public virtual ReferenceWindows? Windows => null;

    public override ReferenceLayer Create(string name, int inputs) => new ReferencePooling(inputs, this);
}

/// <summary>One of some steps, feature by feature.</summary>
internal sealed class ReferencePooling(int inputs, PoolingDescription options) : ReferenceLayer(inputs)
{
    public override int OutputSteps(int inputSteps, int targetSteps) => options.Windows?.Count(inputSteps) ?? 1;

    public override ReferenceSequence Run(ReferenceSequence input, ReferenceRun run)
    {
        if (options.Windows is not { } windows)
            return new([Reduce([.. input.Steps.Where((_, step) => input.IsValid(step))], run)], null);
        var outputs = Enumerable.Range(0, windows.Count(input.Steps.Length))
            .Select(window => Reduce([.. windows.StepsOf(window, input.Steps.Length).Select(item => input.Steps[item.Step])], run));
        return new([.. outputs], null);
    }

    private double[] Reduce(double[][] steps, ReferenceRun run) =>
        [.. Enumerable.Range(0, Features).Select(feature => steps.Length == 0 ? 0
            : options.IsMean ? steps.Average(step => step[feature])
            : steps[Largest(steps, feature, run)][feature])];

    /// <summary>The first of the largest; which one it is decides where a gradient goes.</summary>
    private static int Largest(double[][] steps, int feature, ReferenceRun run)
    {
        var largest = 0;
        for (var step = 1; step < steps.Length; step++)
        {
            var isLarger = steps[step][feature] > steps[largest][feature];
            run.Probe?.Note(isLarger);
            largest = isLarger ? step : largest;
        }

        return largest;
    }
}
