using NanoRnn.Tests.Shared;

namespace NanoRnn.Training.Tests.Data;

public class ScalerTests
{
    /// <summary>Two features of five rows; the second never changes.</summary>
    private static readonly float[] Rows = [1, 7, 2, 7, 4, 7, 8, 7, 100, 7];

    [Fact]
    public void StandardIsMeanZeroAndVarianceOne()
    {
        double[] column = [1, 2, 4, 8, 100];
        var mean = column.Average();
        var deviation = Math.Sqrt(column.Average(x => (x - mean) * (x - mean)));
        var scaled = Transform(Scaler.Standard(Rows, 2));
        for (var row = 0; row < column.Length; row++)
            AssertEqual((column[row] - mean) / deviation, scaled[2 * row]);
        Assert.All(Column(scaled, 1), value => Assert.Equal(0, value));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(-1, 1)]
    [InlineData(10, 12.5)]
    public void MinMaxGoesFromOneNumberToTheOther(double minimum, double maximum)
    {
        var scaled = Transform(Scaler.MinMax(Rows, 2, minimum, maximum));
        Assert.Equal((float)minimum, scaled[0]);
        AssertEqual(minimum + (8 - 1) / 99.0 * (maximum - minimum), scaled[6]);
        AssertEqual(maximum, scaled[8]);
        Assert.All(Column(scaled, 1), value => Assert.Equal((float)minimum, value));
    }

    // numpy.percentile: of 1, 2, 4, 8, 100 the quartiles are 2, 4 and 8; of 1, 2, 3, 4 they are 1.75, 2.5 and 3.25.
    [Fact]
    public void RobustIsMedianZeroAndQuartilesOneApart()
    {
        Assert.Equal([-0.5f, -1 / 3f, 0, 2 / 3f, 16], Column(Transform(Scaler.Robust(Rows, 2)), 0));
        var even = Scaler.Robust([4, 1, 3, 2], 1);
        Assert.Equal([2.5], even.Offsets.ToArray());
        Assert.Equal([1.5], even.Scales.ToArray());
    }

    [Fact]
    public void FeatureThatNeverChangesIsMovedAlone()
    {
        foreach (var scaler in new[] { Scaler.Standard(Rows, 2), Scaler.MinMax(Rows, 2), Scaler.Robust(Rows, 2) })
        {
            Assert.Equal((7, 1), (scaler.Offsets[1], scaler.Scales[1]));
            Assert.Equal([0, 2], Column(Transform(scaler, [1, 7, 1, 9]), 1));
        }
    }

    [Fact]
    public void InverseGivesRowsBackInPlace()
    {
        foreach (var scaler in new[] { Scaler.Standard(Rows, 2), Scaler.MinMax(Rows, 2, -3, 5), Scaler.Robust(Rows, 2) })
        {
            var rows = (float[])Rows.Clone();
            scaler.Transform(rows, rows);
            Assert.NotEqual(Rows, rows);
            scaler.InverseTransform(rows, rows);
            for (var i = 0; i < rows.Length; i++)
                Assert.Equal(Rows[i], rows[i], tolerance: 1e-5f);
        }
    }

    [Fact]
    public void SelectTakesFeaturesInTheOrderGiven()
    {
        var scaler = new Scaler([1, 2, 3], [10, 20, 30]);
        var selected = scaler.Select(2, 0);
        Assert.Equal([3, 1], selected.Offsets.ToArray());
        Assert.Equal([30, 10], selected.Scales.ToArray());
        float[] forecasts = [1, 1, 2, 2];
        selected.InverseTransform(forecasts, forecasts);
        Assert.Equal([33, 11, 63, 21], forecasts);
    }

    [Fact]
    public void TransformsAllocateNothing()
    {
        var scaler = Scaler.Robust(Rows, 2);
        var rows = (float[])Rows.Clone();
        Assert.Equal(0, AllocatedBytes.Of(() =>
        {
            scaler.Transform(rows, rows);
            scaler.InverseTransform(rows, rows);
        }));
    }

    [Fact]
    public void WrongRowsAreRefused()
    {
        var scaler = Scaler.Standard(Rows, 2);
        Assert.Contains("rows of 2 floats, as many in both, found 3 and 3", Message(() => scaler.Transform(new float[3], new float[3])));
        Assert.Contains("found 4 and 2", Message(() => scaler.InverseTransform(new float[4], new float[2])));
        Assert.Contains("overlap", Message(() => scaler.Transform(Rows.AsSpan(0, 4), Rows.AsSpan(2, 4))));
        foreach (var make in new Func<float[], Scaler>[] { rows => Scaler.Standard(rows, 2), rows => Scaler.MinMax(rows, 2), rows => Scaler.Robust(rows, 2) })
        {
            Assert.Contains("rows of 2 floats, found 0", Message(() => make([])));
            Assert.Contains("rows of 2 floats, found 3", Message(() => make([1, 2, 3])));
            Assert.Contains("Feature 1 of row 1 is NaN", Message(() => make([1, 2, 3, float.NaN])));
        }
    }

    [Fact]
    public void WrongNumbersAreRefused()
    {
        Assert.Contains("2 offsets and 1 scales", Message(() => _ = new Scaler([1, 2], [1])));
        Assert.Contains("0 offsets and 0 scales", Message(() => _ = new Scaler([], [])));
        Assert.Contains("Feature 1 has the offset 2 and the scale 0", Message(() => _ = new Scaler([1, 2], [1, 0])));
        Assert.Throws<ArgumentOutOfRangeException>(() => Scaler.MinMax(Rows, 2, 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Scaler.MinMax(Rows, 2, 0, double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => Scaler.Standard(Rows, 0));
        Assert.Contains("from 0 to 1", Message(() => Scaler.Standard(Rows, 2).Select(2)));
        Assert.Contains("found 0 offsets", Message(() => Scaler.Standard(Rows, 2).Select()));
    }

    private static string Message(Action call) => Assert.ThrowsAny<ArgumentException>(call).Message;

    private static float[] Transform(Scaler scaler, float[]? rows = null)
    {
        rows ??= Rows;
        var scaled = new float[rows.Length];
        scaler.Transform(rows, scaled);
        return scaled;
    }

    private static float[] Column(float[] rows, int column) => [.. rows.Where((_, i) => i % 2 == column)];

    private static void AssertEqual(double expected, float actual) => Assert.Equal((float)expected, actual, tolerance: 1e-6f * (float)Math.Max(1, Math.Abs(expected)));
}
