using NanoRnn.Tests.Shared;

namespace NanoRnn.Training.Tests.Streaming;

/// <summary>Streams that are as they were, faulty for a while, or others from some time on.</summary>
public sealed class LiveLearnerTests : IDisposable
{
    private const int Window = 10;

    private readonly StreamForecaster _model = new(seed: 1);
    private readonly Trainer<StreamForecaster> _trainer;
    private readonly LiveLearner<StreamForecaster> _learner;
    private readonly Random _random = new(1);
    private int _time;

    public LiveLearnerTests()
    {
        _trainer = NewTrainer(0.003f);
        _learner = new LiveLearner<StreamForecaster>(_trainer);
    }

    public void Dispose() => _trainer.Dispose();

    [Fact]
    public void LearnsWhileASessionPredicts()
    {
        using var session = _model.CreateSession();
        var (early, late, output) = (0.0, 0.0, new float[1]);
        for (var i = 0; i < 600 * Window; i++)
        {
            var (x, y) = Next();
            session.Step([x], output);
            var error = Math.Pow(output[0] - y, 2);
            early += i < 100 * Window ? error : 0;
            late += i >= 500 * Window ? error : 0;
            _learner.Add([x], [y]);
        }

        Assert.InRange(late / early, 0, 0.2);
        Assert.Equal((600, 0, 0), (_learner.Windows, _learner.Rollbacks, _learner.Drifts));
        Assert.Equal(_learner.BestError, _learner.RecentError, 0.5 * _learner.RecentError);
    }

    [Fact]
    public void FaultyMeasurementsAreUnlearnt()
    {
        Feed(300);
        var weights = LastGoodWeights();
        var best = _learner.BestError;

        // Until it notices: targets that have nothing to do with the stream.
        var turns = 0;
        for (var result = LiveLearning.Learnt; result != LiveLearning.RolledBack; turns++)
            result = FeedWindow(faulty: true);
        Assert.InRange(turns, 1, 8);
        Assert.Equal(weights, Weights());
        Feed(16);
        Assert.Equal((1, 0), (_learner.Rollbacks, _learner.Drifts));
        Assert.InRange(_learner.RecentError, 0, 2 * best);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void NumbersThatAreNoneLeaveNothingBehind(float number)
    {
        Feed(100);
        var weights = LastGoodWeights();
        for (var i = 0; i < Window - 1; i++)
            Assert.Equal(LiveLearning.Waiting, _learner.Add([0], [0]));
        Assert.Equal(LiveLearning.RolledBack, _learner.Add([number], [number]));
        Assert.Equal(weights, Weights());
        Feed(20);
        Assert.All(Weights(), weight => Assert.True(float.IsFinite(weight)));
        Assert.Equal((1, 0), (_learner.Rollbacks, _learner.Drifts));
    }

    [Fact]
    public void StreamThatHasChangedIsToldAndLearnt()
    {
        Feed(300);
        var results = new List<LiveLearning>();
        for (var i = 0; i < 300; i++)
            results.Add(FeedWindow(sign: -1));
        Assert.True(_learner.Drifts >= 1);
        Assert.Contains(LiveLearning.Drifted, results);
        Assert.True(results.IndexOf(LiveLearning.RolledBack) < results.IndexOf(LiveLearning.Drifted));
        Assert.InRange(_learner.RecentError, 0, 0.1);
    }

    [Fact]
    public void LearningRateThatIsTooHighDoesNotLastAndWhatIsSavedIsGood()
    {
        Feed(300);
        var path = Path.GetTempFileName();
        _trainer.LearningRate = 3;
        for (var i = 0; i < 40; i++)
            FeedWindow();
        Assert.True(_learner.Rollbacks > 0);
        var now = Weights();
        _learner.SaveLastGood(path);
        Assert.Equal(now, Weights());
        Assert.Equal(LastGoodWeights(), Weights(StreamForecaster.Load(path)));
        File.Delete(path);
    }

    [Fact]
    public void AllocatesNothing()
    {
        FeedWindow();
        Assert.Equal(0, AllocatedBytes.Of(() =>
        {
            FeedWindow();
            _learner.RollBack();
            _learner.Interrupt();
        }));
    }

    [Fact]
    public void WrongArgumentsAreNamed()
    {
        using var other = new Trainer<StreamForecaster>(_model, new TrainerOptions { BatchSize = 2, TimeSteps = Window });
        Assert.Contains("batch size of 1, found 2", Assert.Throws<ArgumentException>(() => new LiveLearner<StreamForecaster>(other)).Message, StringComparison.Ordinal);
        Assert.Contains("1 floats and 1 as a target, found 2 and 1", Assert.Throws<ArgumentException>(() => _learner.Add([1, 2], [1])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new LiveLearnerOptions { RecentWindows = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new LiveLearnerOptions { RollbackFactor = 1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new LiveLearnerOptions { KeepTolerance = -1 });
    }

    private Trainer<StreamForecaster> NewTrainer(float learningRate) => new(_model, new TrainerOptions
    {
        Optimizer = Optimizer.Adam(learningRate) with { GlobalClipNorm = 1 }, BatchSize = 1, TimeSteps = Window, CarryState = true, Shuffle = false,
    });

    private void Feed(int windows)
    {
        for (var i = 0; i < windows; i++)
            FeedWindow();
    }

    private LiveLearning FeedWindow(bool faulty = false, float sign = 1)
    {
        var result = LiveLearning.Waiting;
        for (var i = 0; i < Window; i++)
        {
            var (x, y) = Next();
            result = _learner.Add([x], [faulty ? 4 * _random.NextSingle() - 2 : sign * y]);
        }

        return result;
    }

    /// <summary>A sine and the next value of it, a little disturbed.</summary>
    private (float X, float Y) Next()
    {
        var time = _time++;
        return (Value(time), Value(time + 1) + 0.2f * (_random.NextSingle() - 0.5f));

        static float Value(int time) => MathF.Sin(0.4f * time);
    }

    private float[] LastGoodWeights()
    {
        var path = Path.GetTempFileName();
        _learner.SaveLastGood(path);
        var weights = Weights(StreamForecaster.Load(path));
        File.Delete(path);
        return weights;
    }

    private float[] Weights(StreamForecaster? model = null) => [.. (model ?? _model).Weights.SelectMany(tensor => tensor.ToArray())];
}
