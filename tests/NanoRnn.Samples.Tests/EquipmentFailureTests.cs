using System.Globalization;
using EquipmentFailure;

namespace NanoRnn.Samples.Tests;

public class EquipmentFailureTests
{
    private static readonly Fleet Failed = Fleet.LoadFailed(PathOf("train_FD001.txt.gz"));
    private static readonly Fleet Running = Fleet.LoadRunning(PathOf("test_FD001.txt.gz"), PathOf("RUL_FD001.txt"));

    private const float BidirectionalLstm = 13.65f;
    private const float PlainLstm = 16.14f;

    [Fact]
    public void AFewEpochsAreBetterThanAPlainLstm() => Assert.InRange(TestError(seed: 0, epochs: 4), 0, 0.95f * PlainLstm);

    [SlowFact]
    public void MedianOfFiveSeedsIsAsGoodAsTheBidirectionalLstm()
    {
        var errors = new float[5];
        Parallel.For(0, errors.Length, seed => errors[seed] = TestError(seed, EngineLife.Epochs));
        Array.Sort(errors);
        Assert.InRange(errors[2], 0, BidirectionalLstm);
    }

    [Fact]
    public void RunPrintsErrorsOfHeldOutAndRunningEngines()
    {
        using var writer = new StringWriter(CultureInfo.InvariantCulture);
        var error = EngineLife.Run(seed: 1, epochs: 1, writer);
        var text = writer.ToString();
        Assert.Contains("80 engines to learn from, 20 held out:", text, StringComparison.Ordinal);
        Assert.Contains("val_root_mean_squared_error", text, StringComparison.Ordinal);
        Assert.Contains("13.65", text, StringComparison.Ordinal);
        Assert.Contains($"RMSE): {error:F2} cycles", text, StringComparison.Ordinal);
        Assert.Equal(TestError(seed: 1, epochs: 1), error);
    }

    [Fact]
    public void RunningEnginesHaveOneWindowEach()
    {
        var windows = Running.ToWindows();
        Assert.Equal((100, 100), (Running.Count, windows.Count));
        float[] truth = [.. Enumerable.Range(0, 100).Select(engine => TargetOf(windows, engine))];
        Assert.Equal([112, 98, 69, 82, 91, 93, 91, 95, 111, 96], truth[..10]);

        // Engine 20 had 16 cycles left, the last one 20, and the one with 145 counts as one with 125.
        Assert.Equal((16, 20, 125), (truth[19], truth[99], truth.Max()));

        // The last cycle of the first engine, of sensors 2, 3 and 21.
        var input = new float[Fleet.Window * Fleet.Sensors];
        windows.CopyInput(0, input);
        Assert.Equal([642.58f, 1581.22f, 23.3552f], [input[^14], input[^13], input[^1]]);
    }

    [Fact]
    public void FailedEnginesCountDownToTheirEnd()
    {
        var windows = Failed.ToWindows();
        Assert.Equal(20631 - 100 * (Fleet.Window - 1), windows.Count);

        // The first engine lasted for 192 cycles.
        float[] life = [.. Enumerable.Range(0, 192 - Fleet.Window + 1).Select(window => TargetOf(windows, window))];
        Assert.Equal(Enumerable.Range(0, life.Length).Select(left => (float)Math.Min(left, 125)).Reverse(), life);
        Assert.Equal(125, TargetOf(windows, life.Length));
    }

    [Fact]
    public void HeldOutEnginesAreNotLearntFrom()
    {
        var (learnt, held) = (Failed.ToWindows(0, 80), Failed.ToWindows(80, 100));
        Assert.Equal(Failed.ToWindows().Count, learnt.Count + held.Count);
        Assert.Equal((0, 0), (TargetOf(learnt, learnt.Count - 1), TargetOf(held, held.Count - 1)));
        Assert.Equal(125, TargetOf(held, 0));
    }

    [Theory]
    [InlineData("has no engines")]
    [InlineData("line 1: expected engine, cycle, 3 settings and 21 sensors, found '1 1 0'", "1 1 0")]
    [InlineData("line 1: expected cycle 1 of engine 0, or the first one of the next", "1 2" + Rest)]
    [InlineData("line 2: expected cycle 2 of engine 1, or the first one of the next", "1 1" + Rest, "1 3" + Rest)]
    [InlineData("line 2: expected cycle 2 of engine 1, or the first one of the next", "1 1" + Rest, "3 1" + Rest)]
    [InlineData("line 2: expected numbers", "1 1" + Rest, "1 2 0 0 0 1 2 x 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21")]
    public void MistakesInTheDataAreNamed(string message, params string[] lines) =>
        Assert.Contains(message, Refusal.Of(lines, path => Fleet.LoadFailed(path)), StringComparison.Ordinal);

    [Theory]
    [InlineData("expected a number for each of 100 engines, found 1", 1, "112")]
    [InlineData("line 3: expected a number of cycles, found 'many'", 100, "many")]
    public void MistakesInTheRemainingLivesAreNamed(string message, int count, string third)
    {
        string[] lines = [.. Enumerable.Range(1, count).Select(line => line == 3 ? third : "1")];
        Assert.Contains(message, Refusal.Of(lines, path => Fleet.LoadRunning(PathOf("test_FD001.txt.gz"), path)), StringComparison.Ordinal);
    }

    private const string Rest = " 0 0 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21";

    private static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, "data", name);

    private static float TargetOf(SequenceDataset windows, int window)
    {
        Span<float> target = stackalloc float[1];
        windows.CopyTarget(window, target);
        return target[0];
    }

    private static float TestError(int seed, int epochs)
    {
        using var trainer = EngineLife.Train(Failed.ToWindows(), held: null, seed, epochs, new ProgressBar(TextWriter.Null));
        trainer.Evaluate(Running.ToWindows(), out var metrics);
        return metrics["root_mean_squared_error"];
    }
}
