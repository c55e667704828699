using NanoRnn.Tool.Operators;

namespace NanoRnn.Tool.Formats;

/// <summary>Functions by Keras's names, with Keras 3's formulas.</summary>
internal static class KerasFunctions
{
    /// <param name="name">The name; none is the function that changes nothing.</param>
    /// <returns>Null if there is none of this name.</returns>
    public static ScalarFunction? Find(string? name) => name switch
    {
        null or "" or "linear" => new("Identity"),
        "relu" => new("Relu"),
        "relu6" => new("Clip", 0, 6),
        "leaky_relu" => new("LeakyRelu", 0.2),
        "elu" => new("Elu", 1),
        "selu" => Functions.WithDefaults("Selu"),
        "softplus" => new("Softplus"),
        "softsign" => new("Softsign"),
        "tanh" => new("Tanh"),
        "sigmoid" => new("Sigmoid"),
        "hard_sigmoid" => new("HardSigmoid", 1.0 / 6, 0.5),
        "silu" or "swish" => Functions.WithDefaults("Swish"),
        "hard_silu" or "hard_swish" => new("HardSwish"),
        "mish" => new("Mish"),
        "exponential" => new("Exp"),
        _ => null,
    };
}
