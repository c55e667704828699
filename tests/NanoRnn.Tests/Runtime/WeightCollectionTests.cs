using NanoRnn.CompilerServices;

namespace NanoRnn.Tests.Runtime;

public class WeightCollectionTests
{
    private readonly FakeModel<MultiOutput> _model = FakeModel<MultiOutput>.Create(
        new AlignedBuffer(FakeModel<MultiOutput>.Layout.WeightLength));

    [Fact]
    public void TensorsHaveKerasShapesAndOrder()
    {
        Assert.Equal(["dense.kernel", "dense.bias"], _model.Weights.Select(tensor => tensor.Name));
        Assert.Equal([2, 3], _model.Weights[0].Shape.AsEnumerable());
        Assert.Equal(6, _model.Weights[0].Count);
        Assert.Equal("dense.bias (3)", _model.Weights["dense.bias"].ToString());
    }

    [Fact]
    public void ElementsAreRowByRow()
    {
        var kernel = _model.Weights["dense.kernel"];
        kernel.CopyFrom([1, 2, 3, 4, 5, 6]);
        Assert.Equal((2, 4, 6), (kernel[0, 1], kernel[1, 0], kernel[5]));
        kernel[1, 2] = 7;
        kernel[0] = 8;
        Assert.Equal([8, 2, 3, 4, 5, 7], kernel.ToArray());
        var longer = new float[7];
        kernel.CopyTo(longer);
        Assert.Equal([8, 2, 3, 4, 5, 7, 0], longer);
    }

    [Fact]
    public void UnknownNameListsTheNames()
    {
        var exception = Assert.Throws<KeyNotFoundException>(() => _model.Weights["lstm.kernel"]);
        Assert.Contains("dense.kernel, dense.bias", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FailedWriteChangesNothing()
    {
        var bias = _model.Weights["dense.bias"];
        bias.CopyFrom([1, 2, 3]);
        Assert.Throws<ArgumentException>(() => bias.CopyFrom([4, 5, float.NaN]));
        Assert.Throws<ArgumentException>(() => bias.CopyFrom([4, 5]));
        Assert.Throws<ArgumentException>(() => bias[1] = float.PositiveInfinity);
        Assert.Equal([1, 2, 3], bias.ToArray());
    }

    [Fact]
    public void IndicesAreChecked()
    {
        var kernel = _model.Weights[0];
        Assert.Throws<ArgumentOutOfRangeException>(() => kernel[2, 0]);
        Assert.Throws<ArgumentOutOfRangeException>(() => kernel[0, 3]);
        Assert.Throws<ArgumentOutOfRangeException>(() => kernel[-1, 0]);
        Assert.Throws<ArgumentOutOfRangeException>(() => kernel[6]);
        Assert.Throws<ArgumentOutOfRangeException>(() => _model.Weights[2]);
        Assert.Throws<ArgumentException>(() => kernel.CopyTo(new float[5]));
    }
}
