using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;

namespace NanoRnn.CompilerServices;

/// <summary>Type of a tensor's elements, by the name that safetensors has for it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[SuppressMessage("Naming", "CA1707:Identifiers should not contain underscores", Justification = "The names are those of the format.")]
public enum ElementType
{
    /// <summary>32-bit floats.</summary>
    F32,

    /// <summary>The upper 16 bits of 32-bit floats.</summary>
    BF16,

    /// <summary>IEEE 754 half precision.</summary>
    F16,

    /// <summary>64-bit floats.</summary>
    F64,

    /// <summary>8-bit floats with 4 bits of exponent.</summary>
    F8_E4M3,

    /// <summary>8-bit floats with 5 bits of exponent.</summary>
    F8_E5M2,

    /// <summary>Signed 8-bit integers.</summary>
    I8,

    /// <summary>Signed 16-bit integers.</summary>
    I16,

    /// <summary>Signed 32-bit integers.</summary>
    I32,

    /// <summary>Signed 64-bit integers.</summary>
    I64,

    /// <summary>Unsigned 8-bit integers.</summary>
    U8,

    /// <summary>Unsigned 16-bit integers.</summary>
    U16,

    /// <summary>Unsigned 32-bit integers.</summary>
    U32,

    /// <summary>Unsigned 64-bit integers.</summary>
    U64,

    /// <summary>Truth values, a byte each.</summary>
    BOOL,
}
