namespace NanoRnn.Tests.Reference;

/// <summary>A sequence between two layers.</summary>
/// <param name="Steps">The features of every time step; a last state is a single step.</param>
/// <param name="Mask">Which steps count; null if all do.</param>
internal sealed record ReferenceSequence(double[][] Steps, bool[]? Mask)
{
    public bool IsValid(int step) => Mask?[step] ?? true;

    /// <summary>The same function of every step, one after the other.</summary>
    public ReferenceSequence Select(Func<double[], double[]> function) => this with { Steps = [.. Steps.Select(function)] };
}

/// <summary>A layer, one sequence at a time.</summary>
internal abstract class ReferenceLayer(int features)
{
    /// <summary>Features of one step of the output.</summary>
    public int Features { get; } = features;

    public virtual IEnumerable<ReferenceTensor> Tensors => [];

    /// <summary>Time steps of the output.</summary>
    public virtual int OutputSteps(int inputSteps, int targetSteps) => inputSteps;

    public abstract ReferenceSequence Run(ReferenceSequence input, ReferenceRun run);
}

/// <summary>y = act(x·W + b) at every time step.</summary>
internal sealed class ReferenceDense(string name, int inputs, DenseDescription options) : ReferenceLayer(options.Units)
{
    private readonly ReferenceTensor _w = ReferenceTensor.Create($"{name}.kernel", inputs, options.Units);
    private readonly ReferenceTensor? _b = options.UseBias ? ReferenceTensor.Create($"{name}.bias", options.Units) : null;

    public override IEnumerable<ReferenceTensor> Tensors => _b is null ? [_w] : [_w, _b];

    public override ReferenceSequence Run(ReferenceSequence input, ReferenceRun run) => input.Select(x =>
    {
        var y = new double[Features];
        for (var j = 0; j < Features; j++)
            y[j] = _w.Dot(x, j) + (_b?[j] ?? 0);

        return ReferenceActivations.ApplyAll(options.Activation, y, run.Branches);
    });
}

/// <summary>y = act(x)</summary>
internal sealed class ReferenceActivation(int inputs, ActivationDescription options) : ReferenceLayer(inputs)
{
    public override ReferenceSequence Run(ReferenceSequence input, ReferenceRun run) =>
        input.Select(x => ReferenceActivations.ApplyAll(options.Activation, x, run.Branches));
}

/// <summary>The row of each token; token 0 may be padding.</summary>
internal sealed class ReferenceEmbedding(string name, EmbeddingDescription options) : ReferenceLayer(options.Dimensions)
{
    private readonly ReferenceTensor _rows =
        ReferenceTensor.Create($"{name}.embeddings", options.Vocabulary, options.Dimensions);

    public override IEnumerable<ReferenceTensor> Tensors => [_rows];

    public override ReferenceSequence Run(ReferenceSequence input, ReferenceRun run)
    {
        run.MasksTargets = run.InDecoder && options.MaskZero;
        var tokens = Array.ConvertAll(input.Steps, step => (int)step[0]);
        double[][] steps = [.. tokens.Select(token => _rows.Values.AsSpan(token * Features, Features).ToArray())];
        return new(steps, options.MaskZero ? [.. tokens.Select((token, t) => token != 0 && input.IsValid(t))] : input.Mask);
    }
}

/// <summary>Masks the steps whose features all have one value, and sets them to zero.</summary>
internal sealed class ReferenceMasking(int inputs, MaskingDescription options) : ReferenceLayer(inputs)
{
    public override ReferenceSequence Run(ReferenceSequence input, ReferenceRun run)
    {
        bool[] valid = [.. input.Steps.Select((x, t) => input.IsValid(t) && x.Any(feature => feature != options.MaskValue))];
        return new([.. input.Steps.Zip(valid, (x, isValid) => isValid ? x : new double[x.Length])], valid);
    }
}

/// <summary>y = γ·(x − mean) / √(variance + ε) + β over the features of each step.</summary>
internal sealed class ReferenceNormalization(string name, int inputs, NormalizationDescription options) : ReferenceLayer(inputs)
{
    private readonly ReferenceTensor _gamma = ReferenceTensor.Create($"{name}.gamma", inputs);
    private readonly ReferenceTensor _beta = ReferenceTensor.Create($"{name}.beta", inputs);

    public override IEnumerable<ReferenceTensor> Tensors => [_gamma, _beta];

    public override ReferenceSequence Run(ReferenceSequence input, ReferenceRun run) => input.Select(x =>
    {
        var mean = x.Average();
        var variance = x.Average(feature => (feature - mean) * (feature - mean));
        return [.. x.Select((feature, j) => _gamma[j] * (feature - mean) / Math.Sqrt(variance + options.Epsilon) + _beta[j])];
    });
}

/// <summary>The same vector at every step.</summary>
internal sealed class ReferenceRepeat(int inputs, RepeatDescription options) : ReferenceLayer(inputs)
{
    public override int OutputSteps(int inputSteps, int targetSteps) => options.Count;

    public override ReferenceSequence Run(ReferenceSequence input, ReferenceRun run) =>
        new([.. Enumerable.Repeat(input.Steps.Single(), options.Count)], null);
}

/// <summary>Given factors for all features of all steps; without them, as in prediction, nothing.</summary>
internal sealed class ReferenceDropout(string name, int inputs) : ReferenceLayer(inputs)
{
    public override ReferenceSequence Run(ReferenceSequence input, ReferenceRun run)
    {
        var factors = run.Factors(name);
        return factors is null
            ? input
            : input with { Steps = [.. input.Steps.Zip(factors.Chunk(Features), Apply)] };
    }

    /// <summary>The product with the factors, if there are any.</summary>
    public static double[] Apply(double[] x, double[]? factors) =>
        factors is null ? x : [.. x.Zip(factors, (feature, factor) => feature * factor)];
}

/// <summary>Replaces the encoder's output by the decoder's input: the targets, one step later, behind the start token.</summary>
internal sealed class ReferenceDecoder(DecoderDescription options) : ReferenceLayer(1)
{
    public override int OutputSteps(int inputSteps, int targetSteps) => targetSteps;

    public override ReferenceSequence Run(ReferenceSequence input, ReferenceRun run)
    {
        run.InDecoder = true;
        return new([.. run.Targets.SkipLast(1).Prepend(options.StartToken).Select(token => (double[])[token])], null);
    }
}
