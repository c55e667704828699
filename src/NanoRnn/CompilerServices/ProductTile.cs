using System.Runtime.CompilerServices;

namespace NanoRnn.CompilerServices;

/// <summary>
/// The register tiles of <see cref="MatrixProduct"/>: rows × panels sums of products in registers, each panel one vector. Which
/// tile computes a sum does not change it: every sum starts at zero and runs over the terms in order.
/// </summary>
/// <typeparam name="TLanes">The operations.</typeparam>
/// <typeparam name="TVector">The register.</typeparam>
internal static partial class ProductTile<TLanes, TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Finish(in ProductShape shape, ref float c, nint offset, TVector sum) =>
        TLanes.Store(shape.Accumulates ? TLanes.Add(TLanes.Load(ref c, offset), sum) : sum, ref c, offset);
}
