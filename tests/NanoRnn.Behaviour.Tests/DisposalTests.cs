using System.Reflection;

namespace NanoRnn.Behaviour.Tests;

/// <summary>What has been disposed says so, whoever is using it.</summary>
public class DisposalTests
{
    private const int Rounds = 20;

    private static readonly TimeSpan Watchdog = TimeSpan.FromMinutes(2);

    public static TheoryData<string, int> Calls => new()
    {
        { "TrainBatch", 1 }, { "TrainBatch", 3 }, { "Fit", 1 }, { "Fit", 3 }, { "Evaluate", 1 }, { "Evaluate", 3 },
    };

    /// <summary>And writes nothing any more once Dispose has returned.</summary>
    [Theory]
    [MemberData(nameof(Calls))]
    public void ACallOnAnotherThreadEnds(string call, int threads)
    {
        for (var round = 0; round < Rounds; round++)
        {
            var samples = new Samples(TestModels.Create(nameof(Forecaster), seed: 1), 24, 7);
            var dataset = samples.ToDataset();
            var model = new Forecaster();
            var trainer = new Trainer<Forecaster>(model, new TrainerOptions { BatchSize = 24, TimeSteps = 7, Threads = threads });
            using var started = new ManualResetEventSlim();
            ObjectDisposedException? ended = null;
            var thread = new Thread(Call);
            thread.Start();
            started.Wait();
            Thread.SpinWait(1 << round);
            trainer.Dispose();
            float[] weights = [.. model.Weights.SelectMany(tensor => tensor.ToArray())];
            Assert.True(thread.Join(Watchdog), $"{call} goes on for ever after Dispose in round {round}.");
            Assert.NotNull(ended);
            Assert.Equal(weights, model.Weights.SelectMany(tensor => tensor.ToArray()));

            void Call()
            {
                try
                {
                    for (; ; started.Set())
                        _ = call switch
                        {
                            "TrainBatch" => trainer.TrainBatch(samples.Inputs, samples.Targets),
                            "Fit" => trainer.Fit(dataset, epochs: 3).Loss[0],
                            _ => trainer.Evaluate(dataset),
                        };
                }
                catch (ObjectDisposedException exception)
                {
                    ended = exception;
                }
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void ADisposedTrainerRefusesEverything(int threads)
    {
        var dataset = new Samples(TestModels.Create(nameof(Forecaster), seed: 1), 4, 2).ToDataset();
        var trainer = new Trainer<Forecaster>(new Forecaster(), new TrainerOptions { BatchSize = 4, TimeSteps = 2, Threads = threads });
        Assert.Throws<ObjectDisposedException>(() => trainer.Fit(dataset, 2, null, new Disposing(trainer)));
        Assert.Throws<ObjectDisposedException>(() => trainer.Fit(dataset, 2, null, new Disposing(null!)));
        Assert.Throws<ObjectDisposedException>(() => trainer.Evaluate(dataset));
        Assert.Throws<ObjectDisposedException>(trainer.ResetState);
    }

    [Fact]
    public void ThereIsALargestNumberOfThreads()
    {
        Assert.Equal(TrainerOptions.MaxThreads, new TrainerOptions { Threads = TrainerOptions.MaxThreads }.Threads);
        foreach (var threads in (int[])[TrainerOptions.MaxThreads + 1, 100_000, int.MaxValue])
            Assert.Contains(
                $"{TrainerOptions.MaxThreads}",
                Assert.Throws<ArgumentOutOfRangeException>("Threads", () => new TrainerOptions { Threads = threads }).Message,
                StringComparison.Ordinal);
    }

    [Fact]
    public void ADisposedSessionRefusesEveryMember()
    {
        var floats = new Classifier().CreateSession();
        floats.Dispose();
        Refuses(typeof(Classifier.Session), () => floats.Step(new float[3], new float[3]), () => floats.Predict(new float[3], new float[3]),
            () => floats.GetState(new float[Classifier.Session.StateSize]), () => floats.SetState(new float[Classifier.Session.StateSize]), floats.Reset);

        var tokens = new TokenTagger().CreateSession();
        tokens.Dispose();
        Refuses(typeof(TokenTagger.Session), () => tokens.Step([1], new float[5]), () => tokens.Predict([1, 2], new float[10]),
            () => tokens.GetState(new float[TokenTagger.Session.StateSize]), () => tokens.SetState(new float[TokenTagger.Session.StateSize]), tokens.Reset);

        var masked = new MaskedStream().CreateSession();
        masked.Dispose();
        Refuses(typeof(MaskedStream.Session), () => masked.Step([-1, -1], new float[2]), () => masked.Predict([-1, -1], new float[2]),
            () => masked.GetState(new float[MaskedStream.Session.StateSize]), () => masked.SetState(new float[MaskedStream.Session.StateSize]), masked.Reset);

        // No state at all.
        var stateless = new OnlyDense().CreateSession();
        stateless.Dispose();
        Refuses(typeof(OnlyDense.Session), () => stateless.Step(new float[6], new float[1]), () => stateless.Predict(new float[6], new float[1]),
            () => stateless.GetState([]), () => stateless.SetState([]), stateless.Reset);

        static void Refuses(Type session, params Action[] members)
        {
            // A member that is new has to be here.
            Assert.Equal(
                ["Dispose", "GetState", "Predict", "Reset", "SetState", "Step"],
                session.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).Select(method => method.Name).Order(StringComparer.Ordinal));
            foreach (var member in members)
                Assert.Throws<ObjectDisposedException>(member);
        }
    }

    /// <summary>Disposes the trainer after a batch; is not to be told of training that does not begin.</summary>
    private sealed class Disposing(Trainer<Forecaster>? trainer) : Callback
    {
        public override void OnTrainBegin(in TrainingReport report) => Assert.NotNull(trainer);

        public override void OnBatchEnd(in BatchReport report) => trainer!.Dispose();
    }
}
