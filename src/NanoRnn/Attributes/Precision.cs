using System.Diagnostics.CodeAnalysis;

namespace NanoRnn;

/// <summary>How a model stores its weights.</summary>
[SuppressMessage("Naming", "CA1720:Identifier contains type name", Justification = "The formats are called so everywhere.")]
public enum Precision
{
    /// <summary>32-bit floats. The only precision that can be trained.</summary>
    Float32,

    /// <summary>The upper 16 bits of a 32-bit float: 8 bits of exponent, 7 of fraction.</summary>
    BFloat16,

    /// <summary>IEEE 754 half precision: 5 bits of exponent, 10 of fraction.</summary>
    Float16,

    /// <summary>8-bit integers with one 32-bit scale for each output channel.</summary>
    Int8,
}
