using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NanoRnn.CompilerServices;

/// <summary>
/// The sums of a <see cref="Convolution"/> whose filters see the channels of their group alone, four filters at a time: each has channels of its own, so
/// lanes are multiplied by lanes.
/// </summary>
internal static class GroupedConvolution
{
    /// <summary>Terms of a gradient that are summed before they are added, as in <see cref="WeightGradient"/>.</summary>
    private const int RowsPerPart = 128;

    /// <summary>Adds the products of one row to its sums.</summary>
    public static void Add(in ConvolutionShape shape, ref float kernel, ref float x, ref float sums)
    {
        for (var output = 0; output < shape.Outputs; output++)
        {
            for (var filter = 0; filter < shape.Filters; filter += Vector128<float>.Count)
            {
                ref var target = ref Unsafe.Add(ref sums, (nint)output * shape.RowLength + filter);
                var sum = Vector128.LoadUnsafe(ref target);
                for (var tap = 0; tap < shape.KernelSize; tap++)
                {
                    ref var position = ref Position(shape, ref x, output, tap);
                    for (var channel = 0; channel < shape.GroupChannels; channel++)
                        sum = Vector128.FusedMultiplyAdd(
                            Gather(shape, ref position, filter, channel), Vector128.LoadUnsafe(ref Weight(shape, ref kernel, tap, channel, filter)), sum);
                }

                sum.StoreUnsafe(ref target);
            }
        }
    }

    /// <summary>Adds the gradient of one row's input to it.</summary>
    public static void Backward(in ConvolutionShape shape, ref float kernel, ref float deltas, ref float below)
    {
        var groupFilters = shape.Filters / shape.Groups;
        for (var output = 0; output < shape.Outputs; output++)
        {
            ref var delta = ref Unsafe.Add(ref deltas, (nint)output * shape.RowLength);
            for (var tap = 0; tap < shape.KernelSize; tap++)
            {
                ref var position = ref Position(shape, ref below, output, tap);
                for (var channel = 0; channel < shape.GroupChannels; channel++)
                    for (var filter = 0; filter < shape.Filters; filter++)
                    {
                        ref var target = ref Unsafe.Add(ref position, filter / groupFilters * shape.GroupChannels + channel);
                        target = MathF.FusedMultiplyAdd(Unsafe.Add(ref delta, filter), Weight(shape, ref kernel, tap, channel, filter), target);
                    }
            }
        }
    }

    /// <summary>Adds the gradient of some filters at one output, over rows of steps and sequences.</summary>
    public static void AddGradients(
        in ConvolutionShape shape, int output, int firstFilter, int lanes, ref float x, nint xStride, ref float deltas, nint deltaStride, ref float kernel, nint rows)
    {
        for (var filter = 0; filter < Math.Min(lanes, shape.Filters - firstFilter); filter += Vector128<float>.Count)
            for (var tap = 0; tap < shape.KernelSize; tap++)
            {
                ref var position = ref Position(shape, ref x, output, tap);
                for (var channel = 0; channel < shape.GroupChannels; channel++)
                {
                    ref var target = ref Weight(shape, ref kernel, tap, channel, filter);
                    for (nint part = 0; part < rows; part += RowsPerPart)
                    {
                        var sum = Vector128<float>.Zero;
                        for (var row = part; row < nint.Min(rows, part + RowsPerPart); row++)
                            sum = Vector128.FusedMultiplyAdd(
                                Gather(shape, ref Unsafe.Add(ref position, row * xStride), firstFilter + filter, channel),
                                Vector128.LoadUnsafe(ref Unsafe.Add(ref deltas, row * deltaStride + filter)),
                                sum);
                        (Vector128.LoadUnsafe(ref target) + sum).StoreUnsafe(ref target);
                    }
                }
            }
    }

    private static ref float Position(in ConvolutionShape shape, ref float x, int output, int tap) =>
        ref Unsafe.Add(ref x, shape.Start(output, tap));

    private static ref float Weight(in ConvolutionShape shape, ref float kernel, int tap, int channel, int filter) =>
        ref Unsafe.Add(ref kernel, ((nint)tap * shape.GroupChannels + channel) * shape.RowLength + filter);

    /// <summary>Of four filters the channels of their groups with a number.</summary>
    private static Vector128<float> Gather(in ConvolutionShape shape, ref float position, int filter, int channel)
    {
        if (shape.Filters == shape.Groups && filter + Vector128<float>.Count <= shape.Filters && shape.GroupChannels == 1)
            return Vector128.LoadUnsafe(ref Unsafe.Add(ref position, filter));
        return Vector128.Create(
            Of(shape, ref position, filter, channel), Of(shape, ref position, filter + 1, channel), Of(shape, ref position, filter + 2, channel),
            Of(shape, ref position, filter + 3, channel));
    }

    /// <summary>Behind the last filter there are lanes without a group, which take the last one's.</summary>
    private static float Of(in ConvolutionShape shape, ref float position, int filter, int channel) =>
        Unsafe.Add(ref position, Math.Min(filter, shape.Filters - 1) / (shape.Filters / shape.Groups) * shape.GroupChannels + channel);
}
