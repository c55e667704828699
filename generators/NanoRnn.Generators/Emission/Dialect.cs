using System.Globalization;

namespace NanoRnn.Generators.Emission;

/// <summary>How elementwise operations are written for one number of lanes: a vector type, or a plain float.</summary>
internal sealed class Dialect
{
    public static readonly Dialect Vector512 = new(16, "Vector512<float>");
    public static readonly Dialect Vector256 = new(8, "Vector256<float>");
    public static readonly Dialect Vector128 = new(4, "Vector128<float>");
    public static readonly Dialect Scalar = new(1, "float");

    private Dialect(int lanes, string type) => (Lanes, Type) = (lanes, type);

    public int Lanes { get; }

    /// <summary>The C# type of a value.</summary>
    public string Type { get; }

    public string Zero => Lanes == 1 ? "0f" : Type + ".Zero";

    public string Constant(float value) => value == 0 ? Zero : Broadcast(Literal(value));

    /// <summary>A number in every lane.</summary>
    public string Broadcast(string scalar) => Lanes == 1 ? scalar : $"Broadcast{Lanes}({scalar})";

    public string Load(string reference, string offset = "0") => $"Load{Lanes}(ref {reference}, {offset})";

    public string Store(string value, string reference, string offset = "0") => $"Store{Lanes}({value}, ref {reference}, {offset});";

    public string FusedMultiplyAdd(string a, string b, string c) => $"FusedMultiplyAdd{Lanes}({a}, {b}, {c})";

    public string Abs(string a) => $"Abs{Lanes}({a})";

    public string SelectLessOrEqual(string a, string b, string c, string d) => $"SelectLessOrEqual{Lanes}({a}, {b}, {c}, {d})";

    public string HalfPowerOfTwo(string a) => $"HalfPowerOfTwo{Lanes}({a})";

    /// <summary>A function of the network's own, by its name.</summary>
    public string Function(string name) => name + Lanes;

    public static string Literal(float value) =>
        float.IsPositiveInfinity(value) ? "float.PositiveInfinity"
        : float.IsNegativeInfinity(value) ? "float.NegativeInfinity"
        : value.ToString("R", CultureInfo.InvariantCulture) + "f";
}
