using NanoRnn.Differential.Grammar;
using NanoRnn.Reference;

namespace NanoRnn.Differential.Running;

/// <summary>A model class with weights, beside the reference with the same ones, and data that suits both.</summary>
internal sealed class TestCase : IDisposable
{
    private const int DecoderSteps = 5;

    /// <summary>Rows and steps on both sides of what work is cut at.</summary>
    private static readonly int[] Counts = [1, 2, 3, 4, 5, 7, 8, 15, 16, 17, 18];

    /// <param name="model">The class.</param>
    /// <param name="seed">Seed of all that is random.</param>
    public TestCase(Type model, ulong seed)
    {
        Dice = new Dice(seed);
        Model = model;
        Layers = [.. AttributeReader.LayersOf(model)];
        Reference = new ReferenceNetwork(model);
        var stretch = Dice.Chance(0.15) ? 3 : 1;
        foreach (var tensor in Reference.Tensors)
            DrawWeights(tensor, stretch);
        File = SafeTensorsFile.Write(Reference.Tensors);
        Subject = Subject.Load(model, File, Reference.TakesTokens, atEnd: Dice.Chance(0.7));

        // Rounded to what the model stores.
        foreach (var tensor in Reference.Tensors)
            Array.ConvertAll(Subject.Weights[tensor.Name].ToArray(), weight => (double)weight).CopyTo(tensor.Values, 0);
        Input = CaseInput.Draw(Dice, Layers, Reference.InputSize, Dice.Pick<int>(Counts), Math.Max(Dice.Pick<int>(Counts), Subject.Layout.FewestSteps), Subject.Layout.FewestSteps);
        DecoderTokens = Layers.OfType<DecoderDescription>().SingleOrDefault() is { } decoder ? DrawTokens(decoder) : null;
        (Loss, ReferenceLoss, Targets) = DrawTargets();
    }

    public Dice Dice { get; }

    public Type Model { get; }

    public IReadOnlyList<LayerDescription> Layers { get; }

    public ReferenceNetwork Reference { get; }

    public byte[] File { get; }

    public Subject Subject { get; }

    public CaseInput Input { get; }

    public Loss Loss { get; }

    public ReferenceLoss ReferenceLoss { get; }

    public float[] Targets { get; }

    /// <summary>A decoder's targets; null without a decoder.</summary>
    public int[]? DecoderTokens { get; }

    /// <summary>Whether sequences may have lengths of their own.</summary>
    public bool TakesLengths => !Subject.Layout.ReversesTime;

    /// <summary>Three optimizer steps on the batch.</summary>
    public TrainingRequest Training => new(Input, Targets, Loss)
    {
        HasLengths = TakesLengths && Input.Lengths[0] % 2 == 1,
        TargetSteps = DecoderTokens is null ? 0 : DecoderSteps,
    };

    public void Dispose() => Subject.Dispose();

    /// <summary>All that must have the same bits whatever computes it: outputs of every way to predict, losses and weights of training.</summary>
    public float[] Observe()
    {
        var values = new List<float>();
        if (Subject.HasDecoder)
        {
            for (var beamWidth = 1; beamWidth <= 3; beamWidth += 2)
                values.AddRange(Subject.Generate(Input, 0, DecoderSteps, beamWidth).Select(token => (float)token));
        }
        else
        {
            values.AddRange(Subject.Predict(Input, 0, Input.TimeSteps));
            values.AddRange(Subject.PredictBatch(Input, hasLengths: false));
            if (Subject.HasSession)
                values.AddRange(Subject.StepThrough(Input, 0));
        }

        if (Subject.IsTrainable)
            values.AddRange(Subject.Train(Training).All);
        return [.. values];
    }

    private void DrawWeights(ReferenceTensor tensor, float stretch)
    {
        var bound = tensor.Name[(tensor.Name.LastIndexOf('.') + 1)..] switch
        {
            "kernel" => stretch * 1.2 / Math.Sqrt(tensor.Shape[0]),
            "recurrent_kernel" => 0.8 / Math.Sqrt(tensor.Shape[0]),
            "embeddings" => 1,
            _ => 0.5,
        };
        var center = tensor.Name[(tensor.Name.LastIndexOf('.') + 1)..] switch { "gamma" or "variance" or "moving_variance" => 1, "maximum" => 2, _ => 0 };
        foreach (ref var weight in tensor.Values.AsSpan())
            weight = center + Dice.Uniform((float)bound);
    }

    private int[] DrawTokens(DecoderDescription decoder)
    {
        var tokens = new int[Input.Rows * DecoderSteps];
        for (var i = 0; i < tokens.Length; i++)
            tokens[i] = i % DecoderSteps == DecoderSteps - 1 ? decoder.EndToken : 1 + Dice.Next(Reference.OutputSize - 1);
        return tokens;
    }

    /// <summary>A loss that suits the outputs, and targets that suit it.</summary>
    private (Loss Loss, ReferenceLoss Kind, float[] Targets) DrawTargets()
    {
        if (DecoderTokens is not null)
            return (Loss.SparseCategoricalCrossentropy, ReferenceLoss.SparseCategoricalCrossentropy, Array.ConvertAll(DecoderTokens, token => (float)token));
        var (positions, size) = (Input.Rows * Reference.OutputSteps(Input.TimeSteps), Reference.OutputSize);
        switch (OutputActivation(), Dice.Next(3))
        {
            case (Activation.Softmax, 0):
                return (Loss.SparseCategoricalCrossentropy, ReferenceLoss.SparseCategoricalCrossentropy, Draw(positions, () => Dice.Next(size)));
            case (Activation.Softmax, 1):
                return (Loss.CategoricalCrossentropy, ReferenceLoss.CategoricalCrossentropy, DrawClasses(positions, size));
            case (Activation.Sigmoid, < 2):
                return (Loss.BinaryCrossentropy, ReferenceLoss.BinaryCrossentropy, Draw(positions * size, () => Dice.Next(2)));
            case (_, 0):
                return (Loss.Huber(), ReferenceLoss.Huber, Dice.Floats(positions * size, 2));
            default:
                return (Loss.MeanSquaredError, ReferenceLoss.MeanSquaredError, Dice.Floats(positions * size, 1));
        }
    }

    /// <summary>The activation of a dense layer whose output is the model's, or that all of several have for each number by itself.</summary>
    private Activation? OutputActivation()
    {
        if (Layers[^1] is DenseDescription last)
            return last.Activation;
        var activations = Layers[^1].Inputs?.Select(name => (Layers.FirstOrDefault(layer => layer.Name == name) as DenseDescription)?.Activation).Distinct().ToArray();
        return Layers[^1] is ConcatenateDescription && activations is [not Activation.Softmax] ? activations[0] : null;
    }

    private float[] DrawClasses(int positions, int size)
    {
        var targets = new float[positions * size];
        for (var first = 0; first < targets.Length; first += size)
            targets[first + Dice.Next(size)] = 1;
        return targets;
    }

    private static float[] Draw(int count, Func<int> value)
    {
        var values = new float[count];
        foreach (ref var target in values.AsSpan())
            target = value();
        return values;
    }
}
