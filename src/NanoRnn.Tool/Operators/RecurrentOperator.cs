using NanoRnn.Tool.Graphs;

namespace NanoRnn.Tool.Operators;

/// <summary>What an LSTM, GRU or RNN operator is made of, checked.</summary>
internal sealed class RecurrentOperator
{
    private static readonly Dictionary<string, (int Gates, string[] Activations)> Kinds = new(StringComparer.Ordinal)
    {
        ["LSTM"] = (4, ["Sigmoid", "Tanh", "Tanh"]), ["GRU"] = (3, ["Sigmoid", "Tanh"]), ["RNN"] = (1, ["Tanh"]),
    };

    private static readonly string[] KnownActivations =
        ["Relu", "Tanh", "Sigmoid", "LeakyRelu", "ThresholdedRelu", "HardSigmoid", "Elu", "Softsign", "Softplus"];

    /// <param name="call">The operator, with constants for its weights.</param>
    /// <param name="features">Features of a step of its input.</param>
    public RecurrentOperator(OperatorCall call, int features)
    {
        var node = call.Node;
        (Kind, Features) = (node.Kind, features);
        (Gates, var activations) = Kinds[Kind];
        Direction = node.Attribute("direction", "forward");
        call.Demand(Direction is "forward" or "reverse" or "bidirectional", $"expected a direction forward, reverse or bidirectional, found '{Direction}'");
        Directions = Direction == "bidirectional" ? 2 : 1;
        Units = node.Integer("hidden_size", call[2].Rank == 3 ? call[2].Shape[2] : 0);
        call.Demand(Units > 0, "expected a hidden_size of 1 or more");
        Check(1, Directions, Gates * Units, features);
        Check(2, Directions, Gates * Units, Units);
        if (call.Optional(3) is not null)
            Check(3, Directions, 2 * Gates * Units);
        if (call.Optional(7) is not null && Kind == "LSTM")
            Check(7, Directions, 3 * Units);
        (Weights, Recurrent, Bias, Peepholes) = (call[1], call[2], call.Optional(3), Kind == "LSTM" ? call.Optional(7) : null);
        IsBatchFirst = node.Integer("layout", 0) != 0;
        ResetsAfter = node.Integer("linear_before_reset", 0) != 0;
        CouplesGates = node.Integer("input_forget", 0) != 0;
        Clip = node.Attributes.ContainsKey("clip") ? node.Attribute("clip", 0.0) : null;
        Activations = ReadActivations(call, activations);

        void Check(int input, params int[] shape) => call.Demand(call[input].Shape.AsSpan().SequenceEqual(shape),
            $"expected input {input} as {Tensor.Describe(shape)}, found {Tensor.Describe(call[input].Shape)}");
    }

    public string Kind { get; }

    public int Features { get; }

    public int Units { get; }

    public int Gates { get; }

    public string Direction { get; }

    public int Directions { get; }

    /// <summary>Directions × gates · units × features.</summary>
    public Tensor Weights { get; }

    /// <summary>Directions × gates · units × units.</summary>
    public Tensor Recurrent { get; }

    /// <summary>Directions × 2 · gates · units, those of the input first.</summary>
    public Tensor? Bias { get; }

    /// <summary>Directions × 3 · units, of input, output and forget gate.</summary>
    public Tensor? Peepholes { get; }

    public bool IsBatchFirst { get; }

    public bool ResetsAfter { get; }

    public bool CouplesGates { get; }

    public double? Clip { get; }

    /// <summary>Functions of the first direction, then of the second.</summary>
    public ScalarFunction[] Activations { get; }

    /// <summary>Functions of one direction.</summary>
    public ReadOnlySpan<ScalarFunction> ActivationsOf(int direction) => Activations.AsSpan(direction * (Activations.Length / Directions), Activations.Length / Directions);

    private ScalarFunction[] ReadActivations(OperatorCall call, string[] defaults)
    {
        string[] all = [.. Enumerable.Range(0, Directions).SelectMany(_ => defaults)];
        var names = call.Node.Attribute("activations", all);
        call.Demand(names.Length == all.Length, $"expected {all.Length} activations, found {names.Length}");
        var (alphas, betas) = (new Queue<double>(call.Node.Attribute<double[]>("activation_alpha", [])), new Queue<double>(call.Node.Attribute<double[]>("activation_beta", [])));
        return Array.ConvertAll(names, name =>
        {
            // Names may be written in any case.
            var known = KnownActivations.FirstOrDefault(candidate => candidate.Equals(name, StringComparison.OrdinalIgnoreCase))
                ?? throw call.Error($"expected an activation of ONNX, found '{name}'");

            // Parameters are listed in the order of the functions that have them.
            var function = Functions.WithDefaults(known);
            if (known is "LeakyRelu" or "ThresholdedRelu" or "HardSigmoid" or "Elu" && alphas.TryDequeue(out var alpha))
                function = function with { Alpha = alpha };
            if (known is "HardSigmoid" && betas.TryDequeue(out var beta))
                function = function with { Beta = beta };
            return function;
        });
    }
}
