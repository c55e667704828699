using System.Globalization;

namespace NanoRnn.Generators.Emission;

/// <summary>How elementwise operations are written for one number of lanes: a vector type, or a plain float.</summary>
/// <remarks>
/// Two ways to write an operation: by the runtime's name for it, which the C# compiler resolves fast, or directly. Functions such
/// as tanh are written directly: they are inlined many times into a kernel, and every name in them would be one more method to
/// inline, of which the JIT has a budget.
/// </remarks>
internal sealed class Dialect
{
    public static readonly Dialect Vector512 = new(16, "Vector512<float>");
    public static readonly Dialect Vector256 = new(8, "Vector256<float>");
    public static readonly Dialect Vector128 = new(4, "Vector128<float>");
    public static readonly Dialect Scalar = new(1, "float");

    /// <summary>The bits of 1.5·2²³.</summary>
    private const string MagicBits = "0x4B400000";

    /// <summary>The bits of √½.</summary>
    private const string RootHalfBits = "0x3F3504F3";

    private readonly bool _isDirect;
    private readonly Func<string, string>? _rowStride;
    private readonly Func<float, string?>? _number;

    private Dialect(int lanes, string type, bool isDirect = false, Func<float, string?>? number = null)
    {
        (Lanes, Type, _number) = (lanes, type, number);
        Direct = isDirect ? this : new Dialect(lanes, type, isDirect: true);
        _isDirect = isDirect;
    }

    private Dialect(Dialect register, int rowLanes, Func<string, string> rowStride)
        : this(register.Lanes, register.Type)
    {
        RowLanes = rowLanes;
        _rowStride = rowStride;
    }

    /// <summary>A register with some lanes of several sequences side by side.</summary>
    /// <param name="rowLanes">Lanes of a sequence.</param>
    /// <param name="rowStride">From a sequence's floats to the next one's behind a reference of some name, an expression.</param>
    public Dialect OverRows(int rowLanes, Func<string, string> rowStride) => new(this, rowLanes, rowStride);

    /// <summary>Operations written directly, with other expressions for those numbers for which there is one.</summary>
    public Dialect DirectWith(Func<float, string?> number) => new(Lanes, Type, isDirect: true, number);

    /// <summary>Lanes of a sequence, where a register has those of several; else 0.</summary>
    public int RowLanes { get; }

    /// <summary>Sequences in a register.</summary>
    public int Rows => RowLanes == 0 ? 1 : Lanes / RowLanes;

    /// <summary>The same lanes, with operations written directly.</summary>
    public Dialect Direct { get; }

    public int Lanes { get; }

    private string VectorClass => Type.Replace("<float>", "");

    /// <summary>The C# type of a value.</summary>
    public string Type { get; }

    public string Zero => Lanes == 1 ? "0f" : Type + ".Zero";

    public string Constant(float value) => value == 0 ? Zero : Broadcast(_number?.Invoke(value) ?? Literal(value));

    /// <summary>A number in every lane.</summary>
    public string Broadcast(string scalar) =>
        Lanes == 1 ? scalar : !_isDirect ? $"Broadcast{Lanes}({scalar})" : $"{VectorClass}.Create({scalar})";

    public string Load(string reference, string offset = "0") =>
        _rowStride is null ? $"Load{Lanes}(ref {reference}, {offset})" : $"LoadRows{Suffix}(ref {reference}, {offset}, {_rowStride(reference)})";

    /// <summary>A load of what all sequences share.</summary>
    public string LoadShared(string reference, string offset) =>
        RowLanes == 0 ? Load(reference, offset) : $"LoadRepeated{Suffix}(ref {reference}, {offset})";

    /// <summary>Four neighbouring floats, in every four lanes.</summary>
    public string LoadFours(string reference, string offset) => $"LoadRepeated{Lanes}Of4(ref {reference}, {offset})";

    /// <summary>One of these in all lanes.</summary>
    public string Element(string fours, int index) => $"Element{Lanes}Of4({fours}, {index})";

    /// <summary>The same in all sequences.</summary>
    public string Repeat(string lanes) => RowLanes == 0 ? lanes : $"Repeat{Suffix}({lanes})";

    /// <summary>A number for each sequence, in all of its lanes.</summary>
    public string Spread(IReadOnlyList<string> scalars) =>
        RowLanes == 0 ? Broadcast(scalars[0]) : $"Spread{Suffix}({string.Join(", ", scalars)})";

    /// <summary>What tells the operations on lanes of several sequences from others.</summary>
    private string Suffix => $"{Lanes}Of{RowLanes}";

    /// <summary>A load that reads nothing behind so many floats.</summary>
    public string LoadUpTo(string reference, string offset, int length) => $"LoadUpTo{Lanes}(ref {reference}, {offset}, {length})";

    public string Store(string value, string reference, string offset = "0") =>
        _rowStride is null
            ? $"Store{Lanes}({value}, ref {reference}, {offset});"
            : $"StoreRows{Suffix}({value}, ref {reference}, {offset}, {_rowStride(reference)});";

    public string FusedMultiplyAdd(string a, string b, string c) =>
        $"{(!_isDirect ? $"FusedMultiplyAdd{Lanes}" : VectorClass + ".FusedMultiplyAdd")}({a}, {b}, {c})";

    public string Abs(string a) => $"{(!_isDirect ? $"Abs{Lanes}" : VectorClass + ".Abs")}({a})";

    public string SelectLessOrEqual(string a, string b, string c, string d) =>
        !_isDirect ? $"SelectLessOrEqual{Lanes}({a}, {b}, {c}, {d})"
        : Lanes == 1 ? $"({a} <= {b} ? {c} : {d})"
        : $"{VectorClass}.ConditionalSelect({VectorClass}.LessThanOrEqual({a}, {b}), {c}, {d})";

    public string SelectLess(string a, string b, string c, string d) =>
        Lanes == 1 ? $"({a} < {b} ? {c} : {d})" : $"{VectorClass}.ConditionalSelect({VectorClass}.LessThan({a}, {b}), {c}, {d})";

    public string SquareRoot(string a) => Lanes == 1 ? $"MathF.Sqrt({a})" : $"{VectorClass}.Sqrt({a})";

    /// <remarks>The native operation: the processor's own, which is a &lt; b ? a : b for the operands that appear here.</remarks>
    public string Min(string a, string b) => Lanes == 1 ? $"({a} < {b} ? {a} : {b})" : $"{VectorClass}.MinNative({a}, {b})";

    public string Max(string a, string b) => Lanes == 1 ? $"({a} > {b} ? {a} : {b})" : $"{VectorClass}.MaxNative({a}, {b})";

    public string ScaleByPowerOfTwo(string a, string b) =>
        Lanes == 1 ? $"BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits({a}) + (BitConverter.SingleToInt32Bits({b}) << 23))"
        : $"({VectorClass}.AsInt32({a}) + ({VectorClass}.AsInt32({b}) << 23)).AsSingle()";

    public string PowerOfTwo(string a) =>
        Lanes == 1 ? $"BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits({a}) << 23)"
        : $"({VectorClass}.AsInt32({a}) << 23).AsSingle()";

    public string BinaryExponent(string a) =>
        Lanes == 1 ? $"BitConverter.Int32BitsToSingle({MagicBits} + ((BitConverter.SingleToInt32Bits({a}) - {RootHalfBits}) >> 23))"
        : $"({VectorClass}.Create({MagicBits}) + (({VectorClass}.AsInt32({a}) - {VectorClass}.Create({RootHalfBits})) >> 23)).AsSingle()";

    /// <summary>A function of the network's own, by its name.</summary>
    public string Function(string name) => name + Lanes;

    public static string Literal(float value) =>
        float.IsNaN(value) ? "float.NaN"
        : float.IsPositiveInfinity(value) ? "float.PositiveInfinity"
        : float.IsNegativeInfinity(value) ? "float.NegativeInfinity"
        : value.ToString("R", CultureInfo.InvariantCulture) + "f";
}
