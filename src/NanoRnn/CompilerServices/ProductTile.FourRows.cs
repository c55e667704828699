using System.Runtime.CompilerServices;

namespace NanoRnn.CompilerServices;

/// <content>Tiles of four rows.</content>
internal static partial class ProductTile<TLanes, TVector>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Run4x4(in ProductShape shape, ref float a, ref float b, ref float c)
    {
        var bPanel = shape.BPanel;
        var (aStep, bStep) = (shape.AStep, shape.BStep);
        ref var a1 = ref Unsafe.Add(ref a, shape.ARow);
        ref var a2 = ref Unsafe.Add(ref a, 2 * shape.ARow);
        ref var a3 = ref Unsafe.Add(ref a, 3 * shape.ARow);
        TVector s00 = TLanes.Zero, s01 = TLanes.Zero, s02 = TLanes.Zero, s03 = TLanes.Zero;
        TVector s10 = TLanes.Zero, s11 = TLanes.Zero, s12 = TLanes.Zero, s13 = TLanes.Zero;
        TVector s20 = TLanes.Zero, s21 = TLanes.Zero, s22 = TLanes.Zero, s23 = TLanes.Zero;
        TVector s30 = TLanes.Zero, s31 = TLanes.Zero, s32 = TLanes.Zero, s33 = TLanes.Zero;
        for (nint i = 0; i < shape.Terms; i++)
        {
            var x0 = TLanes.Broadcast(Unsafe.Add(ref a, i * aStep));
            var x1 = TLanes.Broadcast(Unsafe.Add(ref a1, i * aStep));
            var x2 = TLanes.Broadcast(Unsafe.Add(ref a2, i * aStep));
            var x3 = TLanes.Broadcast(Unsafe.Add(ref a3, i * aStep));
            var w0 = TLanes.Load(ref b, 0);
            s00 = TLanes.MultiplyAdd(x0, w0, s00);
            s10 = TLanes.MultiplyAdd(x1, w0, s10);
            s20 = TLanes.MultiplyAdd(x2, w0, s20);
            s30 = TLanes.MultiplyAdd(x3, w0, s30);
            var w1 = TLanes.Load(ref b, bPanel);
            s01 = TLanes.MultiplyAdd(x0, w1, s01);
            s11 = TLanes.MultiplyAdd(x1, w1, s11);
            s21 = TLanes.MultiplyAdd(x2, w1, s21);
            s31 = TLanes.MultiplyAdd(x3, w1, s31);
            var w2 = TLanes.Load(ref b, 2 * bPanel);
            s02 = TLanes.MultiplyAdd(x0, w2, s02);
            s12 = TLanes.MultiplyAdd(x1, w2, s12);
            s22 = TLanes.MultiplyAdd(x2, w2, s22);
            s32 = TLanes.MultiplyAdd(x3, w2, s32);
            var w3 = TLanes.Load(ref b, 3 * bPanel);
            s03 = TLanes.MultiplyAdd(x0, w3, s03);
            s13 = TLanes.MultiplyAdd(x1, w3, s13);
            s23 = TLanes.MultiplyAdd(x2, w3, s23);
            s33 = TLanes.MultiplyAdd(x3, w3, s33);
            b = ref Unsafe.Add(ref b, bStep);
        }

        Finish(shape, ref c, 0, s00);
        Finish(shape, ref c, shape.CPanel, s01);
        Finish(shape, ref c, 2 * shape.CPanel, s02);
        Finish(shape, ref c, 3 * shape.CPanel, s03);
        Finish(shape, ref c, shape.CRow, s10);
        Finish(shape, ref c, shape.CRow + shape.CPanel, s11);
        Finish(shape, ref c, shape.CRow + 2 * shape.CPanel, s12);
        Finish(shape, ref c, shape.CRow + 3 * shape.CPanel, s13);
        Finish(shape, ref c, 2 * shape.CRow, s20);
        Finish(shape, ref c, 2 * shape.CRow + shape.CPanel, s21);
        Finish(shape, ref c, 2 * shape.CRow + 2 * shape.CPanel, s22);
        Finish(shape, ref c, 2 * shape.CRow + 3 * shape.CPanel, s23);
        Finish(shape, ref c, 3 * shape.CRow, s30);
        Finish(shape, ref c, 3 * shape.CRow + shape.CPanel, s31);
        Finish(shape, ref c, 3 * shape.CRow + 2 * shape.CPanel, s32);
        Finish(shape, ref c, 3 * shape.CRow + 3 * shape.CPanel, s33);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Run4x3(in ProductShape shape, ref float a, ref float b, ref float c)
    {
        var bPanel = shape.BPanel;
        var (aStep, bStep) = (shape.AStep, shape.BStep);
        ref var a1 = ref Unsafe.Add(ref a, shape.ARow);
        ref var a2 = ref Unsafe.Add(ref a, 2 * shape.ARow);
        ref var a3 = ref Unsafe.Add(ref a, 3 * shape.ARow);
        TVector s00 = TLanes.Zero, s01 = TLanes.Zero, s02 = TLanes.Zero;
        TVector s10 = TLanes.Zero, s11 = TLanes.Zero, s12 = TLanes.Zero;
        TVector s20 = TLanes.Zero, s21 = TLanes.Zero, s22 = TLanes.Zero;
        TVector s30 = TLanes.Zero, s31 = TLanes.Zero, s32 = TLanes.Zero;
        for (nint i = 0; i < shape.Terms; i++)
        {
            var x0 = TLanes.Broadcast(Unsafe.Add(ref a, i * aStep));
            var x1 = TLanes.Broadcast(Unsafe.Add(ref a1, i * aStep));
            var x2 = TLanes.Broadcast(Unsafe.Add(ref a2, i * aStep));
            var x3 = TLanes.Broadcast(Unsafe.Add(ref a3, i * aStep));
            var w0 = TLanes.Load(ref b, 0);
            s00 = TLanes.MultiplyAdd(x0, w0, s00);
            s10 = TLanes.MultiplyAdd(x1, w0, s10);
            s20 = TLanes.MultiplyAdd(x2, w0, s20);
            s30 = TLanes.MultiplyAdd(x3, w0, s30);
            var w1 = TLanes.Load(ref b, bPanel);
            s01 = TLanes.MultiplyAdd(x0, w1, s01);
            s11 = TLanes.MultiplyAdd(x1, w1, s11);
            s21 = TLanes.MultiplyAdd(x2, w1, s21);
            s31 = TLanes.MultiplyAdd(x3, w1, s31);
            var w2 = TLanes.Load(ref b, 2 * bPanel);
            s02 = TLanes.MultiplyAdd(x0, w2, s02);
            s12 = TLanes.MultiplyAdd(x1, w2, s12);
            s22 = TLanes.MultiplyAdd(x2, w2, s22);
            s32 = TLanes.MultiplyAdd(x3, w2, s32);
            b = ref Unsafe.Add(ref b, bStep);
        }

        Finish(shape, ref c, 0, s00);
        Finish(shape, ref c, shape.CPanel, s01);
        Finish(shape, ref c, 2 * shape.CPanel, s02);
        Finish(shape, ref c, shape.CRow, s10);
        Finish(shape, ref c, shape.CRow + shape.CPanel, s11);
        Finish(shape, ref c, shape.CRow + 2 * shape.CPanel, s12);
        Finish(shape, ref c, 2 * shape.CRow, s20);
        Finish(shape, ref c, 2 * shape.CRow + shape.CPanel, s21);
        Finish(shape, ref c, 2 * shape.CRow + 2 * shape.CPanel, s22);
        Finish(shape, ref c, 3 * shape.CRow, s30);
        Finish(shape, ref c, 3 * shape.CRow + shape.CPanel, s31);
        Finish(shape, ref c, 3 * shape.CRow + 2 * shape.CPanel, s32);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Run4x2(in ProductShape shape, ref float a, ref float b, ref float c)
    {
        var bPanel = shape.BPanel;
        var (aStep, bStep) = (shape.AStep, shape.BStep);
        ref var a1 = ref Unsafe.Add(ref a, shape.ARow);
        ref var a2 = ref Unsafe.Add(ref a, 2 * shape.ARow);
        ref var a3 = ref Unsafe.Add(ref a, 3 * shape.ARow);
        TVector s00 = TLanes.Zero, s01 = TLanes.Zero;
        TVector s10 = TLanes.Zero, s11 = TLanes.Zero;
        TVector s20 = TLanes.Zero, s21 = TLanes.Zero;
        TVector s30 = TLanes.Zero, s31 = TLanes.Zero;
        for (nint i = 0; i < shape.Terms; i++)
        {
            var x0 = TLanes.Broadcast(Unsafe.Add(ref a, i * aStep));
            var x1 = TLanes.Broadcast(Unsafe.Add(ref a1, i * aStep));
            var x2 = TLanes.Broadcast(Unsafe.Add(ref a2, i * aStep));
            var x3 = TLanes.Broadcast(Unsafe.Add(ref a3, i * aStep));
            var w0 = TLanes.Load(ref b, 0);
            s00 = TLanes.MultiplyAdd(x0, w0, s00);
            s10 = TLanes.MultiplyAdd(x1, w0, s10);
            s20 = TLanes.MultiplyAdd(x2, w0, s20);
            s30 = TLanes.MultiplyAdd(x3, w0, s30);
            var w1 = TLanes.Load(ref b, bPanel);
            s01 = TLanes.MultiplyAdd(x0, w1, s01);
            s11 = TLanes.MultiplyAdd(x1, w1, s11);
            s21 = TLanes.MultiplyAdd(x2, w1, s21);
            s31 = TLanes.MultiplyAdd(x3, w1, s31);
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
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Run4x1(in ProductShape shape, ref float a, ref float b, ref float c)
    {
        var (aStep, bStep) = (shape.AStep, shape.BStep);
        ref var a1 = ref Unsafe.Add(ref a, shape.ARow);
        ref var a2 = ref Unsafe.Add(ref a, 2 * shape.ARow);
        ref var a3 = ref Unsafe.Add(ref a, 3 * shape.ARow);
        TVector s00 = TLanes.Zero;
        TVector s10 = TLanes.Zero;
        TVector s20 = TLanes.Zero;
        TVector s30 = TLanes.Zero;
        for (nint i = 0; i < shape.Terms; i++)
        {
            var x0 = TLanes.Broadcast(Unsafe.Add(ref a, i * aStep));
            var x1 = TLanes.Broadcast(Unsafe.Add(ref a1, i * aStep));
            var x2 = TLanes.Broadcast(Unsafe.Add(ref a2, i * aStep));
            var x3 = TLanes.Broadcast(Unsafe.Add(ref a3, i * aStep));
            var w0 = TLanes.Load(ref b, 0);
            s00 = TLanes.MultiplyAdd(x0, w0, s00);
            s10 = TLanes.MultiplyAdd(x1, w0, s10);
            s20 = TLanes.MultiplyAdd(x2, w0, s20);
            s30 = TLanes.MultiplyAdd(x3, w0, s30);
            b = ref Unsafe.Add(ref b, bStep);
        }

        Finish(shape, ref c, 0, s00);
        Finish(shape, ref c, shape.CRow, s10);
        Finish(shape, ref c, 2 * shape.CRow, s20);
        Finish(shape, ref c, 3 * shape.CRow, s30);
    }
}
