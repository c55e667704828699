using System.Globalization;

namespace NanoRnn.Generators.Emission;

/// <summary>How elementwise operations are written for one number of lanes: a vector type, or a plain float.</summary>
internal sealed class Dialect
{
    public static readonly Dialect Vector512 = new(16, "Vector512");
    public static readonly Dialect Vector256 = new(8, "Vector256");
    public static readonly Dialect Vector128 = new(4, "Vector128");
    public static readonly Dialect Scalar = new(1, null);

    private readonly string? _vector;

    private Dialect(int lanes, string? vector)
    {
        Lanes = lanes;
        _vector = vector;
        Type = vector is null ? "float" : vector + "<float>";
    }

    public int Lanes { get; }

    /// <summary>The C# type of a value.</summary>
    public string Type { get; }

    public string Zero => _vector is null ? "0f" : Type + ".Zero";

    public string Constant(float value) =>
        _vector is null ? Literal(value) : value == 0 ? Zero : $"{_vector}.Create({Literal(value)})";

    /// <summary>A number in every lane.</summary>
    public string Broadcast(string scalar) => _vector is null ? scalar : $"{_vector}.Create({scalar})";

    public string Load(string reference, string offset = "0") => $"Load{Lanes}(ref {reference}, {offset})";

    public string Store(string value, string reference, string offset = "0")
    {
        var target = offset == "0" ? reference : $"Unsafe.Add(ref {reference}, {offset})";
        return _vector is null ? $"{target} = {value};" : $"{_vector}.StoreUnsafe({value}, ref {target});";
    }

    public string FusedMultiplyAdd(string a, string b, string c) => $"{_vector ?? "float"}.FusedMultiplyAdd({a}, {b}, {c})";

    public string Abs(string a) => $"{_vector ?? "float"}.Abs({a})";

    public string SelectLessOrEqual(string a, string b, string c, string d) => _vector is null
        ? $"({a} <= {b} ? {c} : {d})"
        : $"{_vector}.ConditionalSelect({_vector}.LessThanOrEqual({a}, {b}), {c}, {d})";

    public string HalfPowerOfTwo(string a) => _vector is null
        ? $"BitConverter.Int32BitsToSingle((BitConverter.SingleToInt32Bits({a}) << 23) + 0x3F000000)"
        : $"{_vector}.AsSingle({_vector}.ShiftLeft({_vector}.AsInt32({a}), 23) + {_vector}.Create(0x3F000000))";

    public static string Literal(float value) =>
        float.IsPositiveInfinity(value) ? "float.PositiveInfinity"
        : float.IsNegativeInfinity(value) ? "float.NegativeInfinity"
        : value.ToString("R", CultureInfo.InvariantCulture) + "f";
}
