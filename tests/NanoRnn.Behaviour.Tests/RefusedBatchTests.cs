namespace NanoRnn.Behaviour.Tests;

/// <summary>A call that is refused has changed nothing; what is refused is known before the first step, also when data changes meanwhile.</summary>
public class RefusedBatchTests
{
    private const int Rows = 2;
    private const int Steps = 3;

    private static readonly TrainerOptions Options = new()
    {
        Loss = Loss.SparseCategoricalCrossentropy, Optimizer = Optimizer.Adam(0.05f), BatchSize = Rows, TimeSteps = Steps, Seed = 3,
    };

    private static readonly int[] WholeAndOne = [3, 1];

    private static readonly int[] WholeAndTwo = [3, 2];

    private static int[] Tokens => [1, 2, 3, 4, 5, 6];

    private static int[] Classes => [0, 1, 2, 3, 2, 1];

    public static TheoryData<bool, int> Ways => new() { { false, 1 }, { true, 1 }, { true, 2 } };

    /// <summary>The choice of dropout, carried states and the order of samples are the next ones, as if nobody had asked.</summary>
    [Theory]
    [MemberData(nameof(Ways))]
    public void NothingHasChanged(bool carriesState, int threads)
    {
        var options = Options with { CarryState = carriesState, Shuffle = !carriesState, Threads = threads };
        Assert.Equal(Train(refuses: false), Train(refuses: true));

        float[] Train(bool refuses)
        {
            var model = new DroppedTokens(seed: 1);
            using var trainer = new Trainer<DroppedTokens>(model, options);
            var losses = new List<float>();
            for (var i = 0; i < 3; i++)
            {
                losses.Add(trainer.TrainBatch(Tokens, Classes));
                if (refuses)
                    RefuseEverything(trainer);
            }

            losses.AddRange(trainer.Fit(Dataset(Tokens, Classes), epochs: 2).Loss);
            if (refuses)
                RefuseEverything(trainer);
            losses.AddRange(trainer.Fit(Dataset(Tokens, Classes), epochs: 2).Loss);
            return [.. losses, trainer.LearningRate, .. model.Weights.SelectMany(tensor => tensor.ToArray())];
        }
    }

    private static void RefuseEverything(Trainer<DroppedTokens> trainer)
    {
        int[] wrongTokens = [1, 2, 3, 4, 5, 7], wrongClasses = [0, 1, 2, 3, 2, 4];
        Assert.Throws<ArgumentException>(() => trainer.TrainBatch(wrongTokens, Classes));
        Assert.Throws<ArgumentException>(() => trainer.TrainBatch(Tokens, wrongClasses));
        Assert.Throws<ArgumentException>(() => trainer.TrainBatch(Tokens, new[] { 0, 1, 2, 3, 2, float.NaN }));
        Assert.Throws<ArgumentException>(() => trainer.TrainBatch(Tokens, new[] { 0, 1, 2, 3, 2, 0.5f }));
        Assert.Throws<ArgumentException>(() => trainer.TrainBatch(Tokens, Classes, [3, 0]));
        Assert.Throws<ArgumentException>(() => trainer.TrainBatch(Tokens, Classes, [3, 4]));
        Assert.Throws<ArgumentException>(() => trainer.TrainBatch(Tokens, Classes, [3]));
        Assert.Throws<ArgumentException>(() => trainer.TrainBatch(Tokens, Classes.AsSpan(1)));
        Assert.Throws<ArgumentException>(() => trainer.TrainBatch(new float[6], Classes));
        Assert.Throws<ArgumentException>(() => trainer.Fit(Dataset(wrongTokens, Classes)));
        Assert.Throws<ArgumentException>(() => trainer.Fit(Dataset(Tokens, wrongClasses)));
        Assert.Throws<ArgumentException>(() => trainer.Fit(Dataset(Tokens, Classes), validation: Dataset(wrongTokens, Classes)));
        Assert.Throws<ArgumentException>(() => trainer.Fit(Dataset(Tokens, Classes), validation: Dataset(Tokens, wrongClasses)));
        Assert.Throws<ArgumentNullException>(() => trainer.Fit(Dataset(Tokens, Classes), 1, null, (Callback)null!));
        Assert.Throws<ArgumentOutOfRangeException>(() => trainer.Fit(Dataset(Tokens, Classes), epochs: 0));
        Assert.Throws<ArgumentException>(() => trainer.Evaluate(Dataset(wrongTokens, Classes)));
        Assert.Throws<ArgumentException>(() => trainer.Evaluate(Dataset(Tokens, wrongClasses)));
        Assert.Throws<ArgumentOutOfRangeException>(() => trainer.LearningRate = float.NaN);
    }

    [Fact]
    public void WhatIsWrongIsNamedBeforeTheFirstStep()
    {
        int[] tokens = [.. Tokens, .. Tokens, 1, 2, 3], classes = [.. Classes, .. Classes, 0, 1, 2];
        Assert.Equal("Target 4 at step 2 of sample 4 is no class index, a whole number from 0 to 3.", Refuse(tokens, [.. classes[..14], 4], isValidation: false));
        Assert.Equal("Target -1 at step 0 of sample 3 is no class index, a whole number from 0 to 3.", Refuse(tokens, [.. classes[..9], -1, .. classes[10..]], isValidation: true));
        Assert.Equal("Token 7 at step 1 of sample 4 is none of the 7 tokens 0 to 6.", Refuse([.. tokens[..13], 7, 1], classes, isValidation: true));
        Assert.Equal("Token -2 at step 2 of sample 1 is none of the 7 tokens 0 to 6.", Refuse([.. tokens[..5], -2, .. tokens[6..]], classes, isValidation: false));

        var trainer = new Trainer<DroppedTokens>(new DroppedTokens(), Options);
        Assert.StartsWith(
            "Target 9 at step 1 of sequence 1 of the batch is no class index",
            Assert.Throws<ArgumentException>("targets", () => trainer.TrainBatch(Tokens, [0, 1, 2, 3, 9, 1])).Message,
            StringComparison.Ordinal);

        string Refuse(int[] wrongTokens, int[] wrongClasses, bool isValidation)
        {
            var model = new DroppedTokens(seed: 1);
            var before = model.Weights.SelectMany(tensor => tensor.ToArray()).ToArray();
            var (right, wrong) = (Dataset(tokens, classes), Dataset(wrongTokens, wrongClasses));
            var callback = new Change(() => throw new InvalidOperationException("a step was taken"));
            var exception = Assert.Throws<ArgumentException>(
                isValidation ? "validation" : "training",
                () => new Trainer<DroppedTokens>(model, Options).Fit(isValidation ? right : wrong, 1, isValidation ? wrong : right, callback));
            Assert.Equal(before, model.Weights.SelectMany(tensor => tensor.ToArray()));
            return exception.Message[..exception.Message.IndexOf(" (Parameter", StringComparison.Ordinal)];
        }
    }

    [Theory]
    [InlineData("training", "Token 1000000 at step 1 of sample 3 is none of the 7 tokens 0 to 6.")]
    [InlineData("validation", "Token -1000000 at step 0 of sample 0 is none of the 7 tokens 0 to 6.")]
    [InlineData("training", "Target 1E+09 at step 2 of sample 2 is no class index, a whole number from 0 to 3.")]
    [InlineData("training", "The length 100000 of sample 3 is not one of 1 to 3.")]
    public void DataThatChangesMeanwhileIsChecked(string parameter, string message)
    {
        int[] tokens = [.. Tokens, .. Tokens], classes = [.. Classes, .. Classes], held = Tokens, lengths = [3, 3, 3, 3];
        var training = new SequenceDataset(tokens, classes, Steps, Steps, lengths);
        var change = new Change(() =>
        {
            if (parameter == "validation")
                held[0] = -1_000_000;
            else if (message.StartsWith("Token", StringComparison.Ordinal))
                tokens[10] = 1_000_000;
            else if (message.StartsWith("Target", StringComparison.Ordinal))
                classes[8] = 1_000_000_000;
            else
                lengths[3] = 100_000;
        });
        var trainer = new Trainer<DroppedTokens>(new DroppedTokens(), Options with { Shuffle = false });
        Assert.StartsWith(
            message,
            Assert.Throws<ArgumentException>(parameter, () => trainer.Fit(training, 2, Dataset(held, Classes), change)).Message,
            StringComparison.Ordinal);
    }

    /// <summary>Also behind a check, where another thread may have changed it.</summary>
    [Theory]
    [InlineData(-1)]
    [InlineData(7)]
    [InlineData(int.MinValue)]
    public void ATokenIsCheckedWhereItIsRead(int token)
    {
        var (table, y) = (new float[7 * 16], new float[16]);
        Assert.Throws<ArgumentException>(() => CompilerServices.EmbeddingTable.Lookup(ref table[0], 7, 16, ref token, 0, 0, ref y[0], 0, 1, 1));
        Assert.Throws<ArgumentException>("x", () => CompilerServices.Guard.Token([token], 7));
        Assert.Equal(6, CompilerServices.Guard.Token([6], 7));
    }

    [Fact]
    public void APredictionByLengthIsRefusedAsAWhole()
    {
        var outputs = Enumerable.Repeat(5f, 2 * Steps * 4).ToArray();
        var exception = Assert.Throws<ArgumentException>(() => new DroppedTokens().PredictBatch(new[] { 1, 2, 3, 4, 7, 9 }, Steps, [3, 2], outputs));
        Assert.StartsWith("Token 7 at step 1 of sequence 1 is none", exception.Message, StringComparison.Ordinal);
        Assert.All(outputs, output => Assert.Equal(5, output));
        new DroppedTokens().PredictBatch(new[] { 1, 2, 3, 4, 5, 9 }, Steps, [3, 2], outputs);
    }

    [Fact]
    public void WhatLiesBehindAnEndMayBeAnything()
    {
        var (features, targets) = (PaddedFloats(0), PaddedFloats(0));
        var expected = Fit(features, targets);
        Assert.Equal(expected, Fit(PaddedFloats(float.NaN), PaddedFloats(float.PositiveInfinity)));
        Assert.Contains("index 3", Assert.Throws<ArgumentException>(() => Dataset(PaddedFloats(0, first: float.NaN))).Message, StringComparison.Ordinal);

        // The targets of one output for each sequence have no end, even if they are as many as steps.
        var dataset = Dataset(PaddedFloats(float.NaN));
        using var trainer = new Trainer<Widest>(new Widest(), new TrainerOptions { BatchSize = 2, TimeSteps = 3 });
        Assert.Contains(
            "index 5 is NaN", Assert.Throws<ArgumentException>("training", () => trainer.Fit(dataset)).Message, StringComparison.Ordinal);

        int[] tokens = [1, 2, 3, 4, -1, 99], classes = [1, 2, 3, 0, -100, int.MaxValue];
        var words = new SequenceDataset(tokens, classes, Steps, Steps, WholeAndOne);
        using var tagger = new Trainer<DroppedTokens>(new DroppedTokens(), Options);
        tagger.Fit(words, validation: words);
        Assert.True(float.IsFinite(tagger.TrainBatch(tokens, classes, [3, 1])));

        // Sequences of three steps and of two; the target of each step is one number.
        static float[] PaddedFloats(float padding, float first = 1) => [0.5f, -1, 0.25f, first, 0.75f, padding];

        static SequenceDataset Dataset(float[] values) => new(values, values, 3, 1, 3, WholeAndTwo);

        static float[] Fit(float[] features, float[] targets)
        {
            var model = new OnePerStep(seed: 1);
            using var trainer = new Trainer<OnePerStep>(model, new TrainerOptions { BatchSize = 2, TimeSteps = 3 });
            return [.. trainer.Fit(new SequenceDataset(features, targets, 3, 1, 3, WholeAndTwo), epochs: 3).Loss];
        }
    }

    [Fact]
    public void ALiteralOfWholeNumbersIsExplained()
    {
        using var trainer = new Trainer<Classifier>(new Classifier(), new TrainerOptions { BatchSize = 2, TimeSteps = 1 });
        Assert.Contains("write them as floats, [4f, 0f, 2f].", Assert.Throws<ArgumentException>(() => trainer.TrainBatch([4, 0, 2], [1, 0, 0])).Message, StringComparison.Ordinal);
        Assert.Contains(
            "write them as floats, [4f, 0f, 2f, -1f, …].",
            Assert.Throws<ArgumentException>(() => trainer.TrainBatch([4, 0, 2, -1, 5, 6], [1f, 0, 0, 1, 0, 0])).Message,
            StringComparison.Ordinal);
        Assert.True(float.IsFinite(trainer.TrainBatch([4f, 0f, 2f], [1f, 0f, 0f])));
        using var tokens = new Trainer<DroppedTokens>(new DroppedTokens(), Options);
        Assert.Contains("give them as ints", Assert.Throws<ArgumentException>(() => tokens.TrainBatch([1f, 2f, 3f], [0, 1, 2])).Message, StringComparison.Ordinal);
    }

    private static SequenceDataset Dataset(int[] tokens, int[] classes) => new(tokens, classes, Steps, Steps);

    /// <summary>Changes something after the first batch.</summary>
    private sealed class Change(Action change) : Callback
    {
        public override void OnBatchEnd(in BatchReport report) => change();
    }
}
