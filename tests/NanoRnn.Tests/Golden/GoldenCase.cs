using System.Text.Json;
using System.Text.Json.Serialization;
using NanoRnn.Reference;

namespace NanoRnn.Tests.Golden;

/// <summary>A tensor after training: some elements, and three sums over all of them.</summary>
internal sealed record GoldenTensor(
    string Name, int[] Shape, double[] Elements, double Sum, double Squares, double Projection);

/// <summary>Losses before each of the steps and after the last one, and the tensors then.</summary>
internal sealed record GoldenTraining(double[] Losses, GoldenTensor[] Tensors)
{
    /// <summary>Number of optimiser steps.</summary>
    public int Steps => Losses.Length - 1;
}

/// <summary>What PyTorch computed for one network and batch; see tests/golden/README.md.</summary>
internal sealed record GoldenCase(
    string Name, string Key, int Batch, int TimeSteps, int InputSize, ReferenceLoss Loss, LayerDescription[] Layers, double[] Outputs,
    GoldenTraining Sgd, GoldenTraining Adam)
{
    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
    };

    private static readonly Lazy<Dictionary<string, GoldenCase>> _all = new(() =>
        Directory.GetFiles(FindFolder(), "*.json")
            .Where(file => Path.GetFileName(file) != "activations.json")
            .Order(StringComparer.Ordinal)
            .SelectMany(file => JsonSerializer.Deserialize<GoldenCase[]>(File.ReadAllBytes(file), _json)!)
            .ToDictionary(golden => golden.Name));

    /// <summary>All cases of all files, by name.</summary>
    public static IReadOnlyDictionary<string, GoldenCase> All => _all.Value;

    /// <summary>tests/golden of the repository that holds the test binary.</summary>
    public static string Folder { get; } = FindFolder();

    /// <summary>Name and shape of every tensor.</summary>
    public IEnumerable<(string Name, int[] Shape)> Tensors => Sgd.Tensors.Select(tensor => (tensor.Name, tensor.Shape));

    /// <summary>Name of the model's class; null if the case is for the reference alone.</summary>
    public string? Model { get; init; }

    /// <summary>Whether the sequences have lengths of their own.</summary>
    public bool HasLengths { get; init; }

    /// <summary>Steps of the decoder, if there is one.</summary>
    public int TargetSteps { get; init; }

    /// <summary>Whether the inputs are token ids.</summary>
    public bool TakesTokens => Layers[0] is EmbeddingDescription;

    /// <summary>Whether steps are padding, here and there.</summary>
    public bool IsMasked => Layers[0] is MaskingDescription or EmbeddingDescription { MaskZero: true };

    private DecoderDescription? Decoder => Layers.OfType<DecoderDescription>().SingleOrDefault();

    /// <summary>The batch, batch × time × features.</summary>
    public float[] CreateInputs()
    {
        var inputs = GoldenFormula.Inputs(Key, Batch * TimeSteps * InputSize);
        if (IsMasked)
            Pad(inputs);
        return inputs;
    }

    /// <summary>The batch of a model that takes tokens, batch × time.</summary>
    public int[] CreateTokens()
    {
        var tokens = GoldenFormula.Tokens(Key, Batch * TimeSteps, ((EmbeddingDescription)Layers[0]).Vocabulary);
        if (IsMasked)
            Pad(tokens);
        return tokens;
    }

    /// <summary>Steps of each sequence; null if all are full.</summary>
    public int[]? CreateLengths() => HasLengths ? GoldenFormula.Lengths(Key, Batch, TimeSteps) : null;

    /// <summary>The targets of the batch, for a model with <paramref name="outputSize"/> outputs.</summary>
    public float[] CreateTargets(int outputSize) => CreateTargetTokens() is { } tokens
        ? Array.ConvertAll(tokens, token => (float)token)
        : GoldenFormula.Targets(Key, Loss, Outputs.Length / outputSize, outputSize);

    /// <summary>The batch as the reference takes it.</summary>
    public ReferenceBatch CreateBatch()
    {
        var batch = TakesTokens ? ReferenceBatch.Of(CreateTokens(), TimeSteps) : ReferenceBatch.Of(CreateInputs(), TimeSteps);
        return batch with { Lengths = CreateLengths(), Targets = CreateTargetTokens() };
    }

    /// <summary>The network as the reference computes it, before training.</summary>
    public ReferenceNetwork CreateReference()
    {
        var network = new ReferenceNetwork(InputSize, Layers);
        foreach (var tensor in network.Tensors)
            CreateWeights(tensor.Name, tensor.Shape).Select(w => (double)w).ToArray().CopyTo(tensor.Values, 0);

        return network;
    }

    /// <summary>A tensor before training.</summary>
    public float[] CreateWeights(string tensor, int[] shape) => GoldenFormula.Weights(Key, tensor, shape);

    private int[]? CreateTargetTokens() => Decoder is { } decoder
        ? GoldenFormula.TargetTokens(Key, Batch, TargetSteps, decoder.StartToken, decoder.EndToken)
        : null;

    private void Pad<T>(T[] inputs)
        where T : struct
    {
        var padding = GoldenFormula.Padding(Key, Batch * TimeSteps);
        for (var i = 0; i < inputs.Length; i++)
            if (padding[i / (inputs.Length / padding.Length)])
                inputs[i] = default;
    }

    private static string FindFolder()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            var candidate = Path.Combine(folder, "tests", "golden");
            if (File.Exists(Path.Combine(candidate, "lstm.json")))
                return candidate;
        }

        throw new DirectoryNotFoundException($"No tests/golden in {AppContext.BaseDirectory} or a folder above it.");
    }
}
