using NanoRnn.Storage;

namespace NanoRnn.Onnx.Export;

/// <summary>Activations as nodes, and as what ONNX's recurrent operators call theirs.</summary>
internal static class ActivationWriter
{
    private const float LeakySlope = 0.2f;
    private const float HardSlope = 1f / 6;
    private const float HardOffset = 0.5f;
    private const float SeluAlpha = 1.67326324235437728f;
    private const float SeluScale = 1.05070098735548049f;

    /// <summary>Adds the nodes of an activation.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="layer">The layer it is a part of.</param>
    /// <param name="activation">Its name, as a description has it.</param>
    /// <param name="x">What it is of.</param>
    /// <returns>The name of the result, or null if ONNX has no such function.</returns>
    public static string? Add(GraphWriter graph, string layer, string activation, string x)
    {
        return activation switch
        {
            "linear" => x,
            "relu" => Node("Relu", [x]),
            "leaky_relu" => graph.Add(layer, "LeakyRelu", [x], GraphWriter.Attribute("alpha", LeakySlope)),
            "elu" => Node("Elu", [x]),
            "selu" => graph.Add(layer, "Selu", [x], GraphWriter.Attribute("alpha", SeluAlpha), GraphWriter.Attribute("gamma", SeluScale)),
            "softplus" => Node("Softplus", [x]),
            "softsign" => Node("Softsign", [x]),
            "tanh" => Node("Tanh", [x]),
            "sigmoid" => Node("Sigmoid", [x]),
            "hard_sigmoid" => graph.Add(layer, "HardSigmoid", [x], GraphWriter.Attribute("alpha", HardSlope), GraphWriter.Attribute("beta", HardOffset)),
            "silu" => Node("Mul", [x, Node("Sigmoid", [x])]),
            "gelu" => Node("Mul", [x, Node("Mul", [Number("half", 0.5f), Node("Add", [Number("one", 1), Node("Erf", [Node("Mul", [x, Number("root_half", MathF.Sqrt(0.5f))])])])])]),
            "exponential" => Node("Exp", [x]),
            "softmax" => graph.Add(layer, "Softmax", [x], GraphWriter.Attribute("axis", -1)),
            _ => null,
        };

        string Node(string operation, string[] inputs) => graph.Add(layer, operation, inputs);

        string Number(string name, float value) => graph.Floats($"{layer}/{name}", [value]);
    }

    /// <summary>Whether a function of the user's stands in the place of an activation.</summary>
    public static bool IsOfUser(string activation) => activation.Contains(ModelDescription.DigestMark);

    /// <summary>An activation of a recurrent operator with its parameters, or null if the operators have none such.</summary>
    public static (string Name, float? Alpha, float? Beta)? Find(string activation) => activation switch
    {
        "linear" => ("Affine", 1, 0),
        "relu" => ("Relu", null, null),
        "leaky_relu" => ("LeakyRelu", LeakySlope, null),
        "elu" => ("Elu", 1, null),
        "softplus" => ("Softplus", null, null),
        "softsign" => ("Softsign", null, null),
        "tanh" => ("Tanh", null, null),
        "sigmoid" => ("Sigmoid", null, null),
        "hard_sigmoid" => ("HardSigmoid", HardSlope, HardOffset),
        _ => null,
    };
}
