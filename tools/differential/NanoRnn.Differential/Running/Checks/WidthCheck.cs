using System.Reflection;

namespace NanoRnn.Differential.Running.Checks;

/// <summary>The kernels of every width give the same bits, in prediction and in training.</summary>
internal sealed class WidthCheck : ICheck
{
    /// <summary>In bits; 0 is plain floats.</summary>
    private static readonly int[] Widths = [512, 256, 128, 0];

    public string? Find(TestCase test)
    {
        var expected = test.Observe();
        try
        {
            foreach (var width in Widths.Where(width => HasKernels(test.Model, width)))
            {
                Dispatch.Forced = width;
                if (Bits.FindDifference($"Kernels of {width} bits beside those of this machine", expected, test.Observe()) is { } difference)
                    return difference;
            }
        }
        finally
        {
            Dispatch.Forced = null;
        }

        return null;
    }

    private static bool HasKernels(Type model, int width) =>
        model.GetNestedType(width == 0 ? "ScalarKernels" : $"Vector{width}Kernels", BindingFlags.NonPublic) is not null;
}
