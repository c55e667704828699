namespace NanoRnn.Training.Tests.Schedules;

/// <summary>Schedules beside Keras's formulas (PyTorch's for one cycle), written again with the platform's functions.</summary>
public class LearningRateScheduleTests
{
    private const int Steps = 200;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ExponentialDecay(bool staircase) => AssertFollows(
        LearningRateSchedule.ExponentialDecay(0.1, 30, 0.8, staircase),
        step => 0.1 * Math.Pow(0.8, staircase ? Math.Floor(step / 30.0) : step / 30.0));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void InverseTimeDecay(bool staircase) => AssertFollows(
        LearningRateSchedule.InverseTimeDecay(0.1, 30, 0.5, staircase),
        step => 0.1 / (1 + 0.5 * (staircase ? Math.Floor(step / 30.0) : step / 30.0)));

    [Fact]
    public void PiecewiseConstantDecay() => AssertFollows(
        LearningRateSchedule.PiecewiseConstantDecay([20, 50], [1, 0.5, 0.1]), step => step <= 20 ? 1 : step <= 50 ? 0.5 : 0.1);

    [Theory]
    [InlineData(1, false)]
    [InlineData(0.5, false)]
    [InlineData(2.5, true)]
    public void PolynomialDecay(double power, bool cycle) => AssertFollows(
        LearningRateSchedule.PolynomialDecay(0.1, 60, 0.01, power, cycle),
        step =>
        {
            var steps = 60.0;
            if (cycle)
                steps *= step == 0 ? 1 : Math.Ceiling(step / 60.0);
            return (0.1 - 0.01) * Math.Pow(1 - Math.Min(step, steps) / steps, power) + 0.01;
        });

    [Fact]
    public void PolynomialDecayHasKerasDefaults() => AssertFollows(
        LearningRateSchedule.PolynomialDecay(0.1, 60), step => (0.1 - 0.0001) * (1 - Math.Min(step, 60) / 60.0) + 0.0001);

    [Theory]
    [InlineData(0)]
    [InlineData(0.2)]
    public void CosineDecay(double alpha) => AssertFollows(
        LearningRateSchedule.CosineDecay(0.1, 120, alpha),
        step => 0.1 * ((1 - alpha) * 0.5 * (1 + Math.Cos(Math.PI * Math.Min(step, 120) / 120)) + alpha));

    [Fact]
    public void CosineDecayAfterWarmUp() => AssertFollows(
        LearningRateSchedule.CosineDecay(0.01, 120, alpha: 0.1, warmupTarget: 0.2, warmupSteps: 30),
        step => step < 30
            ? (0.2 - 0.01) * (step / 30.0) + 0.01
            : 0.2 * (0.9 * 0.5 * (1 + Math.Cos(Math.PI * (Math.Min(step, 150) - 30) / 120)) + 0.1));

    [Theory]
    [InlineData(1, 0.5, 0.1)]
    [InlineData(2, 1, 0)]
    [InlineData(1.5, 0.9, 0)]
    public void CosineDecayRestarts(double tMul, double mMul, double alpha) => AssertFollows(
        LearningRateSchedule.CosineDecayRestarts(0.1, 20, tMul, mMul, alpha),
        step =>
        {
            var fraction = step / 20.0;

            // Keras's logarithm, moved by what rounding could take from a step that is a restart.
            var restart = tMul == 1 ? Math.Floor(fraction) : Math.Floor(Math.Log(1 - fraction * (1 - tMul)) / Math.Log(tMul) + 1e-12);
            fraction = tMul == 1
                ? fraction - restart
                : (fraction - (1 - Math.Pow(tMul, restart)) / (1 - tMul)) / Math.Pow(tMul, restart);
            return 0.1 * ((1 - alpha) * 0.5 * Math.Pow(mMul, restart) * (1 + Math.Cos(Math.PI * fraction)) + alpha);
        });

    [Fact]
    public void WarmUpLeadsToTheSchedule()
    {
        var schedule = LearningRateSchedule.ExponentialDecay(0.1, 10, 0.5);
        AssertFollows(
            LearningRateSchedule.WarmUp(schedule, 50, 0.02),
            step => step < 50 ? 0.02 + (0.1 - 0.02) * step / 50 : 0.1 * Math.Pow(0.5, (step - 50) / 10.0));
        AssertFollows(LearningRateSchedule.WarmUp(0.1, 50), step => 0.1 * Math.Min(1, step / 50.0));
        AssertFollows(LearningRateSchedule.WarmUp(0.1, 0), _ => 0.1);
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(0.005)]
    [InlineData(0)]
    public void OneCycle(double pctStart) => AssertFollows(
        LearningRateSchedule.OneCycle(0.1, 150, pctStart, 10, 100),
        step =>
        {
            var (top, end) = (pctStart * 150 - 1, 149);
            step = Math.Min(step, end);
            return step < top
                ? 0.1 + (0.01 - 0.1) / 2 * (1 + Math.Cos(Math.PI * step / top))
                : 0.0001 + (0.1 - 0.0001) / 2 * (1 + Math.Cos(Math.PI * (step - top) / (end - top)));
        });

    [Fact]
    public void MistakesAreNamed()
    {
        Assert.Throws<ArgumentOutOfRangeException>("initialLearningRate", () => LearningRateSchedule.ExponentialDecay(-1, 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>("decaySteps", () => LearningRateSchedule.CosineDecay(1, 0));
        Assert.Throws<ArgumentOutOfRangeException>("alpha", () => LearningRateSchedule.CosineDecay(1, 1, alpha: 2));
        Assert.Throws<ArgumentOutOfRangeException>("tMul", () => LearningRateSchedule.CosineDecayRestarts(1, 1, tMul: 0.5));
        Assert.Throws<ArgumentOutOfRangeException>("power", () => LearningRateSchedule.PolynomialDecay(1, 1, power: 0));
        Assert.Throws<ArgumentOutOfRangeException>("totalSteps", () => LearningRateSchedule.OneCycle(1, 1));
        Assert.Throws<ArgumentOutOfRangeException>("pctStart", () => LearningRateSchedule.OneCycle(1, 10, pctStart: 1));
        Assert.Throws<ArgumentOutOfRangeException>("warmupSteps", () => LearningRateSchedule.WarmUp(1, -1));
        Assert.Contains(
            "found 2 boundaries and 2 values",
            Assert.Throws<ArgumentException>("values", () => LearningRateSchedule.PiecewiseConstantDecay([1, 2], [1, 2])).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "Boundary 2 does not lie above the one before it, 2",
            Assert.Throws<ArgumentException>("boundaries", () => LearningRateSchedule.PiecewiseConstantDecay([2, 2], [1, 1, 1])).Message,
            StringComparison.Ordinal);
    }

    private static void AssertFollows(LearningRateSchedule schedule, Func<int, double> formula)
    {
        for (var step = 0; step < Steps; step++)
            Assert.Equal(formula(step), schedule.GetLearningRate(step), 1e-13);
    }
}
