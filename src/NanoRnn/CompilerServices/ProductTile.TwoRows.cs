using System.Runtime.CompilerServices;

namespace NanoRnn.CompilerServices;

/// <content>Tiles of two rows.</content>
internal static partial class ProductTile<TLanes, TVector>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Run2x4(in ProductShape shape, ref float a, ref float b, ref float c)
    {
        var bPanel = shape.BPanel;
        var (aStep, bStep) = (shape.AStep, shape.BStep);
        ref var a1 = ref Unsafe.Add(ref a, shape.ARow);
        TVector s00 = TLanes.Zero, s01 = TLanes.Zero, s02 = TLanes.Zero, s03 = TLanes.Zero;
        TVector s10 = TLanes.Zero, s11 = TLanes.Zero, s12 = TLanes.Zero, s13 = TLanes.Zero;
        for (nint i = 0; i < shape.Terms; i++)
        {
            var x0 = TLanes.Broadcast(Unsafe.Add(ref a, i * aStep));
            var x1 = TLanes.Broadcast(Unsafe.Add(ref a1, i * aStep));
            var w0 = TLanes.Load(ref b, 0);
            s00 = TLanes.MultiplyAdd(x0, w0, s00);
            s10 = TLanes.MultiplyAdd(x1, w0, s10);
            var w1 = TLanes.Load(ref b, bPanel);
            s01 = TLanes.MultiplyAdd(x0, w1, s01);
            s11 = TLanes.MultiplyAdd(x1, w1, s11);
            var w2 = TLanes.Load(ref b, 2 * bPanel);
            s02 = TLanes.MultiplyAdd(x0, w2, s02);
            s12 = TLanes.MultiplyAdd(x1, w2, s12);
            var w3 = TLanes.Load(ref b, 3 * bPanel);
            s03 = TLanes.MultiplyAdd(x0, w3, s03);
            s13 = TLanes.MultiplyAdd(x1, w3, s13);
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
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Run2x3(in ProductShape shape, ref float a, ref float b, ref float c)
    {
        var bPanel = shape.BPanel;
        var (aStep, bStep) = (shape.AStep, shape.BStep);
        ref var a1 = ref Unsafe.Add(ref a, shape.ARow);
        TVector s00 = TLanes.Zero, s01 = TLanes.Zero, s02 = TLanes.Zero;
        TVector s10 = TLanes.Zero, s11 = TLanes.Zero, s12 = TLanes.Zero;
        for (nint i = 0; i < shape.Terms; i++)
        {
            var x0 = TLanes.Broadcast(Unsafe.Add(ref a, i * aStep));
            var x1 = TLanes.Broadcast(Unsafe.Add(ref a1, i * aStep));
            var w0 = TLanes.Load(ref b, 0);
            s00 = TLanes.MultiplyAdd(x0, w0, s00);
            s10 = TLanes.MultiplyAdd(x1, w0, s10);
            var w1 = TLanes.Load(ref b, bPanel);
            s01 = TLanes.MultiplyAdd(x0, w1, s01);
            s11 = TLanes.MultiplyAdd(x1, w1, s11);
            var w2 = TLanes.Load(ref b, 2 * bPanel);
            s02 = TLanes.MultiplyAdd(x0, w2, s02);
            s12 = TLanes.MultiplyAdd(x1, w2, s12);
            b = ref Unsafe.Add(ref b, bStep);
        }

        Finish(shape, ref c, 0, s00);
        Finish(shape, ref c, shape.CPanel, s01);
        Finish(shape, ref c, 2 * shape.CPanel, s02);
        Finish(shape, ref c, shape.CRow, s10);
        Finish(shape, ref c, shape.CRow + shape.CPanel, s11);
        Finish(shape, ref c, shape.CRow + 2 * shape.CPanel, s12);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Run2x2(in ProductShape shape, ref float a, ref float b, ref float c)
    {
        var bPanel = shape.BPanel;
        var (aStep, bStep) = (shape.AStep, shape.BStep);
        ref var a1 = ref Unsafe.Add(ref a, shape.ARow);
        TVector s00 = TLanes.Zero, s01 = TLanes.Zero;
        TVector s10 = TLanes.Zero, s11 = TLanes.Zero;
        for (nint i = 0; i < shape.Terms; i++)
        {
            var x0 = TLanes.Broadcast(Unsafe.Add(ref a, i * aStep));
            var x1 = TLanes.Broadcast(Unsafe.Add(ref a1, i * aStep));
            var w0 = TLanes.Load(ref b, 0);
            s00 = TLanes.MultiplyAdd(x0, w0, s00);
            s10 = TLanes.MultiplyAdd(x1, w0, s10);
            var w1 = TLanes.Load(ref b, bPanel);
            s01 = TLanes.MultiplyAdd(x0, w1, s01);
            s11 = TLanes.MultiplyAdd(x1, w1, s11);
            b = ref Unsafe.Add(ref b, bStep);
        }

        Finish(shape, ref c, 0, s00);
        Finish(shape, ref c, shape.CPanel, s01);
        Finish(shape, ref c, shape.CRow, s10);
        Finish(shape, ref c, shape.CRow + shape.CPanel, s11);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Run2x1(in ProductShape shape, ref float a, ref float b, ref float c)
    {
        var (aStep, bStep) = (shape.AStep, shape.BStep);
        ref var a1 = ref Unsafe.Add(ref a, shape.ARow);
        TVector s00 = TLanes.Zero;
        TVector s10 = TLanes.Zero;
        for (nint i = 0; i < shape.Terms; i++)
        {
            var x0 = TLanes.Broadcast(Unsafe.Add(ref a, i * aStep));
            var x1 = TLanes.Broadcast(Unsafe.Add(ref a1, i * aStep));
            var w0 = TLanes.Load(ref b, 0);
            s00 = TLanes.MultiplyAdd(x0, w0, s00);
            s10 = TLanes.MultiplyAdd(x1, w0, s10);
            b = ref Unsafe.Add(ref b, bStep);
        }

        Finish(shape, ref c, 0, s00);
        Finish(shape, ref c, shape.CRow, s10);
    }
}
