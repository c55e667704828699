using NanoRnn.CompilerServices;

namespace NanoRnn.Tests.Cells;

/// <summary>
/// A function's value times a factor, and that plus an addend, which generated code does not compute one after the other: against
/// double precision, one combination of x, factor and addend in each unit.
/// </summary>
public class ProductTests
{
    private const int Units = ProductCells.Units;

    private static readonly float[] Factors = [0, 1, -1, 0.37f, -2.5f, 1e-30f, 1e20f];

    [Fact]
    public void Product() => AssertClose(new OfProduct(), m => m.Weights, Math.Tanh, (f, factor, _) => factor * f);

    [Fact]
    public void Sum() => AssertClose(new OfSum(), m => m.Weights, Math.Tanh, (f, factor, addend) => factor * f + addend);

    [Fact]
    public void Difference() => AssertClose(new OfDifference(), m => m.Weights, Math.Tanh, (f, factor, addend) => addend - factor * f);

    [Fact]
    public void GateProduct() => AssertClose(new OfGateProduct(), m => m.Weights, Logistic, (f, factor, _) => factor * f);

    [Fact]
    public void GateSum() => AssertClose(new OfGateSum(), m => m.Weights, Logistic, (f, factor, addend) => factor * f + addend);

    [Fact]
    public void GateDifference() => AssertClose(new OfGateDifference(), m => m.Weights, Logistic, (f, factor, addend) => addend - factor * f);

    private static void AssertClose<TModel>(
        TModel model, Func<TModel, WeightCollection> weights, Func<double, double> function, Func<double, double, double, double> exact)
        where TModel : class, IRnnModel<TModel>, ISequencePredictor<float>
    {
        float[] x = [.. Arguments()];
        Assert.Equal(Units, x.Length * Factors.Length);
        var (kernel, factor, addend) = (new float[Units], new float[Units], new float[Units]);
        for (var unit = 0; unit < Units; unit++)
            (kernel[unit], factor[unit], addend[unit]) = (x[unit % x.Length], Factors[unit / x.Length], (unit % 11 - 5) * 0.3f);
        weights(model)["rnn.kernel"].CopyFrom(kernel);
        weights(model)["rnn.factor"].CopyFrom(factor);
        weights(model).FirstOrDefault(tensor => tensor.Name == "rnn.addend")?.CopyFrom(addend);

        var y = new float[Units];
        model.Predict([1], y);
        for (var unit = 0; unit < Units; unit++)
        {
            var expected = exact(function(kernel[unit]), factor[unit], addend[unit]);
            Assert.True(
                Math.Abs(y[unit] - expected) <= 4e-7 * Math.Abs(factor[unit]) + 1e-7 * Math.Abs(expected),
                $"x = {kernel[unit]}, factor = {factor[unit]}, addend = {addend[unit]}: {y[unit]:G9}, not {expected:G9}");
        }
    }

    private static double Logistic(double x) => 1 / (1 + Math.Exp(-x));

    private static IEnumerable<float> Arguments()
    {
        float[] positive = [1e-30f, 1e-8f, 0.001f, 0.25f, 0.7f, 1, 2.2f, 4, 8.9f, 9.1f, 17.9f, 50, 1e30f];
        return [0, .. positive, .. positive.Select(x => -x), float.MaxValue, float.MinValue];
    }
}
