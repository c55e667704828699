using NanoRnn.CompilerServices;
using NanoRnn.Generators.Parsing;
using NanoRnn.Storage;

namespace NanoRnn.Generators.Planning;

/// <summary>What the precisions of weights mean for their layout.</summary>
internal static class PrecisionKinds
{
    /// <summary>Type of the elements of a kernel.</summary>
    public static ElementType ElementType(this PrecisionKind precision) => precision switch
    {
        PrecisionKind.Float32 => CompilerServices.ElementType.F32,
        PrecisionKind.BFloat16 => CompilerServices.ElementType.BF16,
        PrecisionKind.Float16 => CompilerServices.ElementType.F16,
        PrecisionKind.Int8 => CompilerServices.ElementType.I8,
        _ => throw new ArgumentOutOfRangeException(nameof(precision), precision, "no layout"),
    };

    /// <summary>Bytes of an element of a kernel.</summary>
    public static int Bytes(this PrecisionKind precision) => Elements.SizeOf(precision.ElementType());

    /// <summary>Kernel rows that share a slot of 32 bits per lane.</summary>
    public static int RowsPerSlot(this PrecisionKind precision) => sizeof(float) / precision.Bytes();
}
