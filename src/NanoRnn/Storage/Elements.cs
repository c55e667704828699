using NanoRnn.CompilerServices;

namespace NanoRnn.Storage;

/// <summary>What storage knows of the elements of a type.</summary>
internal static class Elements
{
    /// <summary>Names of all types in the order of their values.</summary>
    public static readonly string[] TypeNames =
        ["F32", "BF16", "F16", "F64", "F8_E4M3", "F8_E5M2", "I8", "I16", "I32", "I64", "U8", "U16", "U32", "U64", "BOOL"];

    public static string NameOf(ElementType type) => TypeNames[(int)type];

    /// <summary>Bytes of an element.</summary>
    public static int SizeOf(ElementType type) => type switch
    {
        ElementType.F64 or ElementType.I64 or ElementType.U64 => 8,
        ElementType.F32 or ElementType.I32 or ElementType.U32 => 4,
        ElementType.BF16 or ElementType.F16 or ElementType.I16 or ElementType.U16 => 2,
        _ => 1,
    };

    /// <summary>
    /// Copies an element from a file, which is little-endian, to packed weights or the other way. Packed integers of 8 bits have 128 added.
    /// </summary>
    public static void Copy(ElementType type, ReadOnlySpan<byte> from, Span<byte> to)
    {
        from.CopyTo(to);
        if (type == ElementType.I8)
            to[0] ^= Int8MatrixLayout.ZeroByte;
        if (!BitConverter.IsLittleEndian)
            to.Slice(0, from.Length).Reverse();
    }

    /// <summary>What an element of a file is, if it is no number: NaN, Infinity or -Infinity; else null.</summary>
    public static string? NameOfNotFinite(ElementType type, ReadOnlySpan<byte> element)
    {
        // The bits of the exponent, all of which are set if it is not finite, above those of the fraction.
        var exponent = type switch
        {
            ElementType.F32 => 0x7F80_0000,
            ElementType.BF16 => 0x7F80,
            ElementType.F16 => 0x7C00,
            _ => 0,
        };
        if (exponent == 0)
            return null;
        var bits = 0;
        for (var i = element.Length - 1; i >= 0; i--)
            bits = bits << 8 | element[i];
        if ((bits & exponent) != exponent)
            return null;
        var fraction = exponent & -exponent;
        return (bits & (fraction - 1)) != 0 ? "NaN"
            : (element[element.Length - 1] & 0x80) != 0 ? "-Infinity"
            : "Infinity";
    }

    /// <summary>What is wrong with an element of a file as a weight, if something is.</summary>
    public static string? FindMistake(ElementType type, ReadOnlySpan<byte> element) =>
        NameOfNotFinite(type, element) is { } found ? $"expected finite weights, found {found}"
        : type == ElementType.I8 && (sbyte)element[0] < -Int8TensorLayout.MaxMagnitude ? $"expected integers from -127 to 127, found {(sbyte)element[0]}"
        : null;
}
