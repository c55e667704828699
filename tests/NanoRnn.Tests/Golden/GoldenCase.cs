using System.Text.Json;
using System.Text.Json.Serialization;
using NanoRnn.Tests.Reference;

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

/// <summary>What PyTorch computed for one model and batch; see tests/golden/README.md.</summary>
internal sealed record GoldenCase(
    string Name, string Key, int Batch, int TimeSteps, int InputSize, ReferenceLoss Loss, double[] Outputs,
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

    /// <summary>The batch, batch × time × features.</summary>
    public float[] CreateInputs() => GoldenFormula.Inputs(Key, Batch * TimeSteps * InputSize);

    /// <summary>The targets of the batch, for a model with <paramref name="outputSize"/> outputs.</summary>
    public float[] CreateTargets(int outputSize) =>
        GoldenFormula.Targets(Key, Loss, Outputs.Length / outputSize, outputSize);

    /// <summary>A tensor before training.</summary>
    public float[] CreateWeights(string tensor, int[] shape) => GoldenFormula.Weights(Key, tensor, shape);

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
