using NanoRnn.Tool.Graphs;

namespace NanoRnn.Tool.Operators;

/// <summary>Functions of one number, by ONNX's names and formulas.</summary>
internal static class Functions
{
    private static readonly Dictionary<string, (double Alpha, double Beta)> Defaults = new(StringComparer.Ordinal)
    {
        ["LeakyRelu"] = (0.01, 0), ["Elu"] = (1, 0), ["Selu"] = (1.67326319217681884765625, 1.05070102214813232421875), ["HardSigmoid"] = (0.2, 0.5),
        ["ThresholdedRelu"] = (1, 0), ["Swish"] = (1, 0),
    };

    /// <summary>The function, or null if there is none of this name.</summary>
    /// <param name="function">Name and parameters.</param>
    public static Func<double, double>? Find(ScalarFunction function)
    {
        var (alpha, beta) = (function.Alpha, function.Beta);
        return function.Name switch
        {
            "Identity" => x => x,
            "Relu" => x => x < 0 ? 0 : x,
            "LeakyRelu" => x => x < 0 ? alpha * x : x,
            "ThresholdedRelu" => x => x > alpha ? x : 0,
            "Elu" => x => x < 0 ? alpha * (Math.Exp(x) - 1) : x,
            "Selu" => x => beta * (x > 0 ? x : alpha * (Math.Exp(x) - 1)),
            "Softplus" => x => Math.Max(x, 0) + Math.Log(1 + Math.Exp(-Math.Abs(x))),
            "Softsign" => x => x / (1 + Math.Abs(x)),
            "Tanh" => Math.Tanh,
            "Sigmoid" => Sigmoid,
            "HardSigmoid" => x => Math.Clamp(alpha * x + beta, 0, 1),
            "HardSwish" => x => x * Math.Clamp(x / 6 + 0.5, 0, 1),
            "Swish" => x => x * Sigmoid(alpha * x),
            "Mish" => x => x * Math.Tanh(Math.Max(x, 0) + Math.Log(1 + Math.Exp(-Math.Abs(x)))),
            "Clip" => x => Math.Min(Math.Max(x, alpha), beta),
            "Square" => x => x * x,
            "Pow" => x => Math.Pow(x, alpha),
            "Exp" => Math.Exp,
            "Log" => Math.Log,
            "Sqrt" => Math.Sqrt,
            "Reciprocal" => x => 1 / x,
            "Abs" => Math.Abs,
            "Neg" => x => -x,
            "Sin" => Math.Sin,
            "Cos" => Math.Cos,
            "Floor" => Math.Floor,
            "Ceil" => Math.Ceiling,
            "Not" => x => x == 0 ? 1 : 0,
            _ => null,
        };
    }

    /// <summary>The function that a node stands for, or null.</summary>
    public static ScalarFunction? Of(OperatorCall call)
    {
        var node = call.Node;
        if (node.Kind == "Clip")
        {
            return new("Clip", call.Optional(1)?.Values[0] ?? node.Attribute("min", double.NegativeInfinity),
                call.Optional(2)?.Values[0] ?? node.Attribute("max", double.PositiveInfinity));
        }

        var (alpha, beta) = Defaults.GetValueOrDefault(node.Kind);
        var function = new ScalarFunction(node.Kind, node.Attribute("alpha", alpha), node.Kind == "Selu" ? node.Attribute("gamma", beta) : node.Attribute("beta", beta));
        return Find(function) is null ? null : function;
    }

    /// <summary>With the parameters that hold if nothing is said.</summary>
    public static ScalarFunction WithDefaults(string name) => Defaults.TryGetValue(name, out var parameters) ? new(name, parameters.Alpha, parameters.Beta) : new(name);

    private static double Sigmoid(double x) => x < 0 ? Math.Exp(x) / (1 + Math.Exp(x)) : 1 / (1 + Math.Exp(-x));
}
