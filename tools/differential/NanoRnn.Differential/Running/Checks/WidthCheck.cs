namespace NanoRnn.Differential.Running.Checks;

/// <summary>The kernels of every width give the same bits, in prediction and in training.</summary>
internal sealed class WidthCheck : ICheck
{
    public string? Find(TestCase test)
    {
        var expected = test.Observe();
        try
        {
            foreach (var width in Dispatch.Widths)
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
}
