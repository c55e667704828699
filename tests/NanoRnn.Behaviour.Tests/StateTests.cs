namespace NanoRnn.Behaviour.Tests;

/// <summary>States that go on: from step to step, from session to session, from batch to batch.</summary>
public class StateTests
{
    private const int Steps = 8;

    [Fact]
    public void ASessionOfTokensStepsThroughThePrediction()
    {
        var model = new TokenTagger(seed: 2);
        int[] tokens = [3, 0, 5, 12, 0, 0, 7, 1];
        var expected = new float[Steps * TokenTagger.OutputSize];
        model.Predict(tokens, expected);
        using var session = model.CreateSession();
        var found = new float[expected.Length];
        for (var t = 0; t < Steps; t++)
            session.Step(tokens.AsSpan(t, 1), found.AsSpan(t * TokenTagger.OutputSize, TokenTagger.OutputSize));
        Assert.Equal(expected, found);
    }

    [Fact]
    public void ASessionPredictsASequenceInPieces()
    {
        var inputs = Random(Steps * Tagger.InputSize);
        var model = new Tagger(seed: 2);
        var (expected, found) = (new float[Steps * Tagger.OutputSize], new float[Steps * Tagger.OutputSize]);
        model.Predict(inputs, expected);
        using var session = model.CreateSession();
        session.Predict(inputs.AsSpan(0, 3 * Tagger.InputSize), found.AsSpan(0, 3 * Tagger.OutputSize));
        session.Predict(inputs.AsSpan(3 * Tagger.InputSize), found.AsSpan(3 * Tagger.OutputSize));
        Assert.Equal(expected, found);

        var deep = new ThreeDeep(seed: 2);
        inputs = Random(Steps * ThreeDeep.InputSize);
        (expected, found) = (new float[ThreeDeep.OutputSize], new float[ThreeDeep.OutputSize]);
        deep.Predict(inputs, expected);
        using var stream = deep.CreateSession();
        stream.Predict(inputs.AsSpan(0, ThreeDeep.InputSize), found);
        stream.Predict(inputs.AsSpan(ThreeDeep.InputSize), found);
        Assert.Equal(expected, found);
    }

    [Fact]
    public void AWrongTokenLeavesTheSessionAsItWas()
    {
        using var session = new TokenTagger(seed: 2).CreateSession();
        var (before, after) = (new float[TokenTagger.Session.StateSize], new float[TokenTagger.Session.StateSize]);
        session.Predict([1, 2], new float[2 * TokenTagger.OutputSize]);
        session.GetState(before);
        Assert.Contains(
            "Token 13 at index 1", Assert.Throws<ArgumentException>(() => session.Predict([1, 13], new float[2 * TokenTagger.OutputSize])).Message, StringComparison.Ordinal);
        session.GetState(after);
        Assert.Equal(before, after);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5)]
    public void AStateThatIsGivenGoesOn(int steps)
    {
        var model = new ThreeDeep(seed: 2);
        var inputs = Random(Steps * ThreeDeep.InputSize);
        using var first = model.CreateSession();
        var (expected, found) = (new float[ThreeDeep.OutputSize], new float[ThreeDeep.OutputSize]);
        for (var t = 0; t < steps; t++)
            first.Step(InputOf(t), expected);
        var state = new float[ThreeDeep.Session.StateSize];
        first.GetState(state);

        // Into a session of either phase.
        using var second = model.CreateSession();
        second.Step(InputOf(0), found);
        second.SetState(state);
        for (var t = steps; t < Steps; t++)
        {
            first.Step(InputOf(t), expected);
            second.Step(InputOf(t), found);
            Assert.Equal(expected, found);
        }

        ReadOnlySpan<float> InputOf(int t) => inputs.AsSpan(t * ThreeDeep.InputSize, ThreeDeep.InputSize);
    }

    [Fact]
    public void AStateOfAnotherLengthIsRefused()
    {
        using var session = new ThreeDeep().CreateSession();
        var state = new float[ThreeDeep.Session.StateSize + 1];
        Assert.Contains($"{ThreeDeep.Session.StateSize}", Assert.Throws<ArgumentException>(() => session.SetState(state)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => session.GetState(state));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void TrainingGoesOnWhereTheBatchBeforeEnded(int threads)
    {
        // A learning rate of 0: the losses are those of the second halves of whole sequences.
        const int Rows = 6;
        var model = new Tagger(seed: 3);
        var (size, outputs) = (Tagger.InputSize, Tagger.OutputSize);
        var sequences = Random(Rows * 2 * Steps * size);
        var targets = Random(Rows * Steps * outputs);
        using var trainer = CreateTrainer(model, Rows, threads);
        trainer.TrainBatch(Half(0), targets);
        var carried = trainer.TrainBatch(Half(1), targets);
        var again = trainer.TrainBatch(Half(1), targets);

        var predicted = new float[Rows * 2 * Steps * outputs];
        model.PredictBatch(sequences, 2 * Steps, predicted);
        var secondHalves = Enumerable.Range(0, Rows)
            .SelectMany(row => predicted[((row * 2 + 1) * Steps * outputs)..((row * 2 + 2) * Steps * outputs)])
            .ToArray();
        Assert.Equal(Loss.MeanSquaredError.Compute(secondHalves, targets, outputs), carried);
        Assert.NotEqual(carried, again);

        trainer.ResetState();
        var fresh = trainer.TrainBatch(Half(0), targets);
        using var other = CreateTrainer(model, Rows, threads);
        Assert.Equal(other.TrainBatch(Half(0), targets), fresh);

        float[] Half(int half) =>
        [
            .. Enumerable.Range(0, Rows)
                .SelectMany(row => sequences[((row * 2 + half) * Steps * size)..((row * 2 + half + 1) * Steps * size)]),
        ];
    }

    [Fact]
    public void EvaluationDoesNotTouchTheCarriedState()
    {
        var model = new Tagger(seed: 3);
        var (inputs, targets) = (Random(6 * Steps * Tagger.InputSize), Random(6 * Steps * Tagger.OutputSize));
        var dataset = new SequenceDataset(inputs, targets, Steps, Tagger.InputSize, Steps * Tagger.OutputSize);
        using var with = CreateTrainer(model, 6, 1);
        using var without = CreateTrainer(model, 6, 1);
        with.TrainBatch(inputs, targets);
        without.TrainBatch(inputs, targets);
        var loss = with.Evaluate(dataset);
        Assert.Equal(loss, with.Evaluate(dataset));
        Assert.Equal(without.TrainBatch(inputs, targets), with.TrainBatch(inputs, targets));
    }

    [Fact]
    public void CarryingNeedsFullBatchesInOrder()
    {
        var options = new TrainerOptions { BatchSize = 4, TimeSteps = Steps, CarryState = true, Shuffle = false };
        using var trainer = new Trainer<Tagger>(new Tagger(), options);
        Assert.Contains(
            "expected 4 sequences",
            Assert.Throws<ArgumentException>(() => trainer.TrainBatch(Random(3 * Steps * Tagger.InputSize), Random(3 * Steps * Tagger.OutputSize))).Message,
            StringComparison.Ordinal);
        var dataset = new SequenceDataset(
            Random(6 * Steps * Tagger.InputSize), Random(6 * Steps * Tagger.OutputSize), Steps, Tagger.InputSize, Steps * Tagger.OutputSize);
        Assert.Contains("needs full batches of 4, the dataset has 6 samples", Assert.Throws<ArgumentException>(() => trainer.Fit(dataset)).Message, StringComparison.Ordinal);
        Assert.Contains(
            "Shuffle = false",
            Assert.Throws<ArgumentException>(() => new Trainer<Tagger>(new Tagger(), options with { Shuffle = true })).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "needs whole sequences",
            Assert.Throws<ArgumentException>(() => new Trainer<BothWays>(new BothWays(), options)).Message,
            StringComparison.Ordinal);
    }

    private static Trainer<Tagger> CreateTrainer(Tagger model, int rows, int threads) => new(model, new TrainerOptions
    {
        Loss = Loss.MeanSquaredError,
        Optimizer = Optimizer.Sgd(0),
        BatchSize = rows,
        TimeSteps = Steps,
        CarryState = true,
        Shuffle = false,
        Threads = threads,
    });

    private static float[] Random(int count)
    {
        var random = new RandomGenerator(seed: 5);
        var values = new float[count];
        foreach (ref var value in values.AsSpan())
            value = random.NextUniform(-1, 1);
        return values;
    }
}
