using System.Runtime.CompilerServices;

namespace NanoRnn.CompilerServices;

/// <content>The tile of six rows.</content>
internal static partial class ProductTile<TLanes, TVector>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Run6x2(in ProductShape shape, ref float a, ref float b, ref float c)
    {
        // Rows in two groups of three, so that all addresses stay in registers.
        var (row1, row2) = (shape.ARow, 2 * shape.ARow);
        ref var a3 = ref Unsafe.Add(ref a, 3 * shape.ARow);
        var bPanel = shape.BPanel;
        var (aStep, bStep) = (shape.AStep, shape.BStep);
        TVector s00 = TLanes.Zero, s01 = TLanes.Zero;
        TVector s10 = TLanes.Zero, s11 = TLanes.Zero;
        TVector s20 = TLanes.Zero, s21 = TLanes.Zero;
        TVector s30 = TLanes.Zero, s31 = TLanes.Zero;
        TVector s40 = TLanes.Zero, s41 = TLanes.Zero;
        TVector s50 = TLanes.Zero, s51 = TLanes.Zero;
        for (var terms = shape.Terms; terms > 0; terms--)
        {
            var w0 = TLanes.Load(ref b, 0);
            var w1 = TLanes.Load(ref b, bPanel);
            var x0 = TLanes.Broadcast(a);
            s00 = TLanes.MultiplyAdd(x0, w0, s00);
            s01 = TLanes.MultiplyAdd(x0, w1, s01);
            var x1 = TLanes.Broadcast(Unsafe.Add(ref a, row1));
            s10 = TLanes.MultiplyAdd(x1, w0, s10);
            s11 = TLanes.MultiplyAdd(x1, w1, s11);
            var x2 = TLanes.Broadcast(Unsafe.Add(ref a, row2));
            s20 = TLanes.MultiplyAdd(x2, w0, s20);
            s21 = TLanes.MultiplyAdd(x2, w1, s21);
            var x3 = TLanes.Broadcast(a3);
            s30 = TLanes.MultiplyAdd(x3, w0, s30);
            s31 = TLanes.MultiplyAdd(x3, w1, s31);
            var x4 = TLanes.Broadcast(Unsafe.Add(ref a3, row1));
            s40 = TLanes.MultiplyAdd(x4, w0, s40);
            s41 = TLanes.MultiplyAdd(x4, w1, s41);
            var x5 = TLanes.Broadcast(Unsafe.Add(ref a3, row2));
            s50 = TLanes.MultiplyAdd(x5, w0, s50);
            s51 = TLanes.MultiplyAdd(x5, w1, s51);
            a = ref Unsafe.Add(ref a, aStep);
            a3 = ref Unsafe.Add(ref a3, aStep);
            b = ref Unsafe.Add(ref b, bStep);
        }

        Finish(shape, ref c, 0, s00);
        Finish(shape, ref c, shape.CPanel, s01);
        Finish(shape, ref c, shape.CRow, s10);
        Finish(shape, ref c, shape.CRow + shape.CPanel, s11);
        Finish(shape, ref c, 2 * shape.CRow, s20);
        Finish(shape, ref c, 2 * shape.CRow + shape.CPanel, s21);
        Finish(shape, ref c, 3 * shape.CRow, s30);
        Finish(shape, ref c, 3 * shape.CRow + shape.CPanel, s31);
        Finish(shape, ref c, 4 * shape.CRow, s40);
        Finish(shape, ref c, 4 * shape.CRow + shape.CPanel, s41);
        Finish(shape, ref c, 5 * shape.CRow, s50);
        Finish(shape, ref c, 5 * shape.CRow + shape.CPanel, s51);
    }
}
