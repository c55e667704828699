using System.Collections.Immutable;
using NanoRnn.CompilerServices;

namespace NanoRnn.Storage;

/// <summary>A layer of a model whose tensors a file of PyTorch's has, and what they are called there.</summary>
/// <remarks>The compiler reads files too, so it compiles for netstandard2.0.</remarks>
internal sealed class PyTorchLayer
{
    private const string Backward = ".backward.";
    private const string RunningMean = "running_mean";
    private const string RunningVariance = "running_var";

    /// <summary>All parts that a layer may have.</summary>
    private static readonly string[] Parts =
    [
        "weight", "bias", "weight_ih", "weight_hh", "bias_ih", "bias_hh", "weight_ih_reverse", "weight_hh_reverse", "bias_ih_reverse", "bias_hh_reverse",
        RunningMean, RunningVariance,
    ];

    private readonly LayerDescription _description;

    /// <param name="description">The layer.</param>
    /// <param name="tensors">Those of the model, among which are the layer's.</param>
    public PyTorchLayer(LayerDescription description, IReadOnlyList<TensorLayout> tensors)
    {
        _description = description;
        foreach (var tensor in tensors)
        {
            if (tensor.Name.StartsWith(description.Name + ".", StringComparison.Ordinal))
                Tensors.Add(tensor);
        }
    }

    /// <summary>Its name.</summary>
    public string Name => _description.Name;

    /// <summary>Its tensors.</summary>
    public List<TensorLayout> Tensors { get; } = [];

    /// <summary>The module that has them, once it has been found.</summary>
    public PyTorchModule? Module { get; set; }

    /// <summary>Why no module of PyTorch's is such a layer, or null.</summary>
    public string? Refusal => _description.Kind switch
    {
        _ when _description.Find("trainable_initial_state") is not null => "has states to start with, a module of PyTorch's starts with zeros",
        "Dense" or "Conv1D" or "Embedding" or "LayerNormalization" or "BatchNormalization" or "PReLU" => null,
        "SimpleRnn" => Require("activation", "tanh", "relu"),
        "Lstm" => Require("activation", "tanh") ?? Require("recurrent_activation", "sigmoid"),
        "Gru" => Require("reset_after", "true") ?? Require("activation", "tanh") ?? Require("recurrent_activation", "sigmoid"),
        _ => $"has tensors ({Tensors[0].Name}) that no module of PyTorch's has",
    };

    /// <summary>What the module has to have: its tensors with their shapes.</summary>
    public string Signature
    {
        get
        {
            var parts = new List<string>();
            var shapes = new List<long[]>();
            foreach (var tensor in Tensors)
            {
                foreach (var part in PartsOf(tensor))
                {
                    parts.Add(part);
                    shapes.Add(IsBias(tensor) ? [tensor.Columns] : ShapeOf(tensor));
                }
            }

            return Sign(parts, shapes);
        }
    }

    /// <summary>Whether reset and update gate are to be exchanged: PyTorch's order is reset, update, candidate.</summary>
    public bool ExchangesGates => _description.Kind == "Gru";

    /// <summary>Whether a tensor's dimensions are PyTorch's in the other order.</summary>
    public static bool IsTransposed(TensorLayout tensor) => tensor.Name.EndsWith("kernel", StringComparison.Ordinal);

    /// <summary>The tensors of the module that a tensor is made of: one; two biases, which are rows of their own or are added.</summary>
    public string[] PartsOf(TensorLayout tensor)
    {
        var end = tensor.Name.Contains(Backward) ? "_reverse" : "";
        return tensor.Name.EndsWith(".moving_mean", StringComparison.Ordinal) ? [RunningMean]
            : tensor.Name.EndsWith(".moving_variance", StringComparison.Ordinal) ? [RunningVariance]
            : _description.Find("return_sequences") is null ? [IsBias(tensor) ? "bias" : "weight"]
            : IsBias(tensor) ? ["bias_ih" + end, "bias_hh" + end]
            : [(tensor.Name.EndsWith("recurrent_kernel", StringComparison.Ordinal) ? "weight_hh" : "weight_ih") + end];
    }

    /// <summary>A tensor as messages show it.</summary>
    public static string Describe(string name, long[] shape) => $"{FileText.Escape(name)} [{FileText.List(shape)}]";

    /// <summary>What is equal for modules and layers with the same tensors. A part that no layer has stands in quotes, as does one that is there twice.</summary>
    public static string Sign(List<string> parts, List<long[]> shapes)
    {
        var tensors = new List<string>();
        foreach (var part in Parts)
        {
            if (parts.IndexOf(part) is var index and >= 0)
                tensors.Add(Describe(part, shapes[index]));
        }

        for (var i = 0; i < parts.Count; i++)
        {
            if (Array.IndexOf(Parts, parts[i]) < 0 || parts.IndexOf(parts[i]) < i)
                tensors.Add(Describe($"'{parts[i]}'", shapes[i]));
        }

        return string.Join(", ", tensors);
    }

    private static bool IsBias(TensorLayout tensor) =>
        tensor.Name.EndsWith(".bias", StringComparison.Ordinal) || tensor.Name.EndsWith(".beta", StringComparison.Ordinal);

    private static long[] ShapeOf(TensorLayout tensor)
    {
        var shape = new long[tensor.Shape.Length];
        for (var i = 0; i < shape.Length; i++)
            shape[IsTransposed(tensor) ? shape.Length - 1 - i : i] = tensor.Shape[i];
        return shape;
    }

    private string? Require(string option, params string[] values) => Array.IndexOf(values, _description.Find(option)) >= 0
        ? null
        : $"has {option} {_description.Find(option)}, a module of PyTorch's {string.Join(" or ", values)}";
}
