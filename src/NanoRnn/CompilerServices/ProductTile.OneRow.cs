using System.Runtime.CompilerServices;

namespace NanoRnn.CompilerServices;

/// <content>Tiles of one row.</content>
internal static partial class ProductTile<TLanes, TVector>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Run1x4(in ProductShape shape, ref float a, ref float b, ref float c)
    {
        var bPanel = shape.BPanel;
        var (aStep, bStep) = (shape.AStep, shape.BStep);
        TVector s00 = TLanes.Zero, s01 = TLanes.Zero, s02 = TLanes.Zero, s03 = TLanes.Zero;
        for (nint i = 0; i < shape.Terms; i++)
        {
            var x0 = TLanes.Broadcast(Unsafe.Add(ref a, i * aStep));
            var w0 = TLanes.Load(ref b, 0);
            s00 = TLanes.MultiplyAdd(x0, w0, s00);
            var w1 = TLanes.Load(ref b, bPanel);
            s01 = TLanes.MultiplyAdd(x0, w1, s01);
            var w2 = TLanes.Load(ref b, 2 * bPanel);
            s02 = TLanes.MultiplyAdd(x0, w2, s02);
            var w3 = TLanes.Load(ref b, 3 * bPanel);
            s03 = TLanes.MultiplyAdd(x0, w3, s03);
            b = ref Unsafe.Add(ref b, bStep);
        }

        Finish(shape, ref c, 0, s00);
        Finish(shape, ref c, shape.CPanel, s01);
        Finish(shape, ref c, 2 * shape.CPanel, s02);
        Finish(shape, ref c, 3 * shape.CPanel, s03);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Run1x3(in ProductShape shape, ref float a, ref float b, ref float c)
    {
        var bPanel = shape.BPanel;
        var (aStep, bStep) = (shape.AStep, shape.BStep);
        TVector s00 = TLanes.Zero, s01 = TLanes.Zero, s02 = TLanes.Zero;
        for (nint i = 0; i < shape.Terms; i++)
        {
            var x0 = TLanes.Broadcast(Unsafe.Add(ref a, i * aStep));
            var w0 = TLanes.Load(ref b, 0);
            s00 = TLanes.MultiplyAdd(x0, w0, s00);
            var w1 = TLanes.Load(ref b, bPanel);
            s01 = TLanes.MultiplyAdd(x0, w1, s01);
            var w2 = TLanes.Load(ref b, 2 * bPanel);
            s02 = TLanes.MultiplyAdd(x0, w2, s02);
            b = ref Unsafe.Add(ref b, bStep);
        }

        Finish(shape, ref c, 0, s00);
        Finish(shape, ref c, shape.CPanel, s01);
        Finish(shape, ref c, 2 * shape.CPanel, s02);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Run1x2(in ProductShape shape, ref float a, ref float b, ref float c)
    {
        var bPanel = shape.BPanel;
        var (aStep, bStep) = (shape.AStep, shape.BStep);
        TVector s00 = TLanes.Zero, s01 = TLanes.Zero;
        for (nint i = 0; i < shape.Terms; i++)
        {
            var x0 = TLanes.Broadcast(Unsafe.Add(ref a, i * aStep));
            var w0 = TLanes.Load(ref b, 0);
            s00 = TLanes.MultiplyAdd(x0, w0, s00);
            var w1 = TLanes.Load(ref b, bPanel);
            s01 = TLanes.MultiplyAdd(x0, w1, s01);
            b = ref Unsafe.Add(ref b, bStep);
        }

        Finish(shape, ref c, 0, s00);
        Finish(shape, ref c, shape.CPanel, s01);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Run1x1(in ProductShape shape, ref float a, ref float b, ref float c)
    {
        var (aStep, bStep) = (shape.AStep, shape.BStep);
        TVector s00 = TLanes.Zero;
        for (nint i = 0; i < shape.Terms; i++)
        {
            var x0 = TLanes.Broadcast(Unsafe.Add(ref a, i * aStep));
            var w0 = TLanes.Load(ref b, 0);
            s00 = TLanes.MultiplyAdd(x0, w0, s00);
            b = ref Unsafe.Add(ref b, bStep);
        }

        Finish(shape, ref c, 0, s00);
    }
}
