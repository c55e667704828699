using NanoRnn.Tests.Golden;
using NanoRnn.Reference;

namespace NanoRnn.Tests.Gradients;

/// <summary>A model of <see cref="SequenceGradientModels"/> beside its reference, with the same weights, and a batch for both.</summary>
internal sealed record SequenceProblem(
    SequenceModel Model, ReferenceNetwork Reference, SequenceBatch Batch, ReferenceProblem Problem, int TargetSteps)
{
    /// <summary>A problem of five time steps.</summary>
    /// <param name="name">The class of a model of <see cref="SequenceGradientModels"/>.</param>
    /// <param name="hasLengths">Whether the sequences have lengths of their own.</param>
    /// <param name="rows">Number of sequences.</param>
    public static SequenceProblem Create(string name, bool hasLengths = false, int rows = 4) =>
        Create(SequenceGradientModels.All, name, rows, timeSteps: 5, hasLengths);

    /// <param name="models">Where the model is.</param>
    /// <param name="name">The model's class.</param>
    /// <param name="rows">Number of sequences.</param>
    /// <param name="timeSteps">Their time steps; a decoder has one less.</param>
    /// <param name="hasLengths">Whether the sequences have lengths of their own.</param>
    public static SequenceProblem Create(SequenceRegistry models, string name, int rows, int timeSteps, bool hasLengths = false)
    {
        var type = models.TypeOf(name);
        LayerDescription[] layers = [.. AttributeReader.LayersOf(type)];
        var (model, reference) = (models.Create(name), new ReferenceNetwork(type));
        Assert.Equal(reference.Tensors.Select(tensor => tensor.Name), model.Layout.Tensors.Select(tensor => tensor.Name));
        foreach (var tensor in reference.Tensors)
        {
            var weights = GoldenFormula.Uniform($"{name}/{tensor.Name}", tensor.Values.Length, BoundOf(tensor.Name));

            // Of a scale neither zero nor small.
            if (LastNameOf(tensor.Name) is "variance" or "moving_variance" or "maximum")
                weights = Array.ConvertAll(weights, weight => weight + 2);
            Array.ConvertAll(weights, w => (double)w).CopyTo(tensor.Values, 0);
            model[tensor.Name] = weights;
        }

        var batch = CreateBatch(name, layers[0], reference, rows, timeSteps, hasLengths);
        var targetSteps = layers.OfType<DecoderDescription>().Any() ? timeSteps - 1 : 0;
        var isClassifier = layers[^1] is DenseDescription { Activation: Activation.Softmax } or ActivationDescription;
        var loss = isClassifier ? ReferenceLoss.SparseCategoricalCrossentropy : ReferenceLoss.MeanSquaredError;
        var targets = layers.OfType<DecoderDescription>().SingleOrDefault() is { } decoder
            ? Array.ConvertAll(
                GoldenFormula.TargetTokens(name, rows, targetSteps, decoder.StartToken, decoder.EndToken), token => (float)token)
            : GoldenFormula.Targets(name, loss, rows * reference.OutputSteps(timeSteps), reference.OutputSize);
        // Away from the outputs: the squared error of an output close to its target is mostly the output's rounding.
        if (loss == ReferenceLoss.MeanSquaredError)
            targets = Array.ConvertAll(targets, target => target + 3);
        var referenceBatch = batch.ToReference() with
        {
            Targets = targetSteps > 0 ? Array.ConvertAll(targets, target => (int)target) : null,
        };
        return new(model, reference, batch, new ReferenceProblem(loss, referenceBatch, targets), targetSteps);
    }

    /// <summary>TrainBatch of a new trainer, always on the batch.</summary>
    public Func<float> CreateTrainer(Optimizer optimizer) =>
        Model.CreateTrainer(Problem.Loss, optimizer, Batch, Problem.Targets, TargetSteps);

    private static SequenceBatch CreateBatch(
        string name, LayerDescription first, ReferenceNetwork reference, int rows, int timeSteps, bool hasLengths)
    {
        // The second sequence is nothing but padding.
        var padding = GoldenFormula.Padding(name, rows * timeSteps);
        if (rows > 1)
            Array.Fill(padding, true, timeSteps, timeSteps);

        var lengths = hasLengths ? GoldenFormula.Lengths(name, rows, timeSteps) : null;
        if (first is EmbeddingDescription embedding)
        {
            var tokens = GoldenFormula.Tokens(name, rows * timeSteps, embedding.Vocabulary);
            if (embedding.MaskZero)
                tokens = [.. tokens.Zip(padding, (token, isPadding) => isPadding ? 0 : token)];

            return new(timeSteps, 1, null, tokens, lengths);
        }

        var features = GoldenFormula.Inputs(name, rows * timeSteps * reference.InputSize);
        if (first is MaskingDescription masking)
        {
            // Of a step that counts, one feature may have the masked value too: each of them, and none, in turn.
            for (var i = 0; i < features.Length; i++)
            {
                var (step, feature) = int.DivRem(i, reference.InputSize);
                if (padding[step] || step % (reference.InputSize + 1) == feature)
                    features[i] = masking.MaskValue;
            }
        }

        return new(timeSteps, reference.InputSize, features, null, lengths);
    }

    private static string LastNameOf(string tensor) => tensor[(tensor.LastIndexOf('.') + 1)..];

    private static double BoundOf(string tensor) => LastNameOf(tensor) switch
    {
        "bias" or "beta" => 0.4,
        "recurrent_kernel" => 0.6,
        _ => 1,
    };
}
