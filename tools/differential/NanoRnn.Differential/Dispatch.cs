using System.Runtime.Intrinsics;

namespace NanoRnn.Differential;

/// <summary>
/// Which width's kernels a model takes: what generated code asks <c>Vector512.IsHardwareAccelerated</c> is asked here, so that all of them
/// run on every machine. Vectors that the hardware lacks are computed by software.
/// </summary>
public static class Dispatch
{
    /// <summary>The width to take; null for that of the hardware.</summary>
    internal static int? Forced { get; set; }

    /// <summary>Whether to take 512 bits.</summary>
    public static bool Has512 => Has(512, Vector512.IsHardwareAccelerated);

    /// <summary>Whether to take 256 bits, if not 512.</summary>
    public static bool Has256 => Has(256, Vector256.IsHardwareAccelerated);

    /// <summary>Whether to take 128 bits, if not more.</summary>
    public static bool Has128 => Has(128, Vector128.IsHardwareAccelerated);

    private static bool Has(int width, bool isAccelerated) => Forced is { } forced ? forced == width : isAccelerated;
}
