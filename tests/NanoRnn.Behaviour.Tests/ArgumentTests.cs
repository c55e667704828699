namespace NanoRnn.Behaviour.Tests;

/// <summary>Wrong arguments get an exception that names what was expected and what came.</summary>
public sealed class ArgumentTests : IDisposable
{
    // Classifier: 3 features in, 3 out for a sequence. Tagger: 4 in, 5 out for every step.
    private readonly Classifier _classifier = new();
    private readonly Tagger _tagger = new();
    private readonly Classifier.Session _session;

    public ArgumentTests() => _session = _classifier.CreateSession();

    public static TheoryData<string> Models => [.. TestModels.Names];

    public void Dispose() => _session.Dispose();

    [Theory]
    [InlineData(0, 3, "sequence", "at least one time step of 3 floats")]
    [InlineData(2, 3, "sequence", "has 2 floats; expected a multiple of the 3 floats")]
    [InlineData(7, 3, "sequence", "has 7 floats; expected a multiple of the 3 floats")]
    [InlineData(6, 2, "output", "Expected 3 floats, found 2")]
    [InlineData(6, 4, "output", "Expected 3 floats, found 4")]
    [InlineData(6, 0, "output", "Expected 3 floats, found 0")]
    public void PredictChecksLengths(int input, int output, string parameter, string message) =>
        AssertThrows<ArgumentException>(parameter, message, () => _classifier.Predict(new float[input], new float[output]));

    [Theory]
    [InlineData(8, 5, "Expected 10 floats, found 5")]
    [InlineData(8, 15, "Expected 10 floats, found 15")]
    public void PredictChecksLengthsOfEveryStep(int input, int output, string message) =>
        AssertThrows<ArgumentException>("output", message, () => _tagger.Predict(new float[input], new float[output]));

    [Theory]
    [InlineData(0, 2, 0, "sequences", "have 0 floats; expected one or more sequences of 6 floats (2 time steps of 3)")]
    [InlineData(3, 2, 3, "sequences", "have 3 floats; expected one or more sequences of 6 floats (2 time steps of 3)")]
    [InlineData(13, 2, 6, "sequences", "have 13 floats; expected one or more sequences of 6 floats (2 time steps of 3)")]
    [InlineData(12, 2, 3, "outputs", "Expected 6 floats, found 3")]
    [InlineData(12, 2, 12, "outputs", "Expected 6 floats, found 12")]
    [InlineData(12, int.MaxValue, 3, "sequences", "sequences of 6442450941 floats")]
    public void PredictBatchChecksLengths(int input, int timeSteps, int output, string parameter, string message) =>
        AssertThrows<ArgumentException>(
            parameter, message, () => _classifier.PredictBatch(new float[input], timeSteps, new float[output]));

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(int.MinValue)]
    public void PredictBatchNeedsATimeStep(int timeSteps) => AssertThrows<ArgumentOutOfRangeException>(
        "timeSteps", $"{timeSteps}", () => _classifier.PredictBatch(new float[6], timeSteps, new float[3]));

    [Theory]
    [InlineData(2, 3, "x", "Expected 3 floats, found 2")]
    [InlineData(6, 3, "x", "Expected 3 floats, found 6")]
    [InlineData(3, 0, "y", "Expected 3 floats, found 0")]
    public void StepChecksLengths(int x, int y, string parameter, string message) =>
        AssertThrows<ArgumentException>(parameter, message, () => _session.Step(new float[x], new float[y]));

    [Fact]
    public void RefusedStepLeavesTheState()
    {
        float[] x = [1, 2, 3];
        var (expected, found) = (new float[3], new float[3]);
        using var other = _classifier.CreateSession();
        other.Step(x, expected);
        other.Step(x, expected);
        _session.Step(x, found);
        Assert.Throws<ArgumentException>(() => _session.Step(x, new float[2]));
        _session.Step(x, found);
        Assert.Equal(expected, found);
    }

    [Fact]
    public void OutputMustNotOverlapInput()
    {
        const string Message = "The output overlaps the input";
        var memory = new float[12];
        AssertThrows<ArgumentException>("output", Message, () => _classifier.Predict(memory.AsSpan(0, 6), memory.AsSpan(5, 3)));
        AssertThrows<ArgumentException>("outputs", Message, () => _classifier.PredictBatch(memory, 4, memory.AsSpan(9)));
        AssertThrows<ArgumentException>("y", Message, () => _session.Step(memory.AsSpan(0, 3), memory.AsSpan(0, 3)));
        _classifier.Predict(memory.AsSpan(0, 6), memory.AsSpan(6, 3));
    }

    [Fact]
    public void DisposedSessionSaysSo()
    {
        var session = _classifier.CreateSession();
        session.Dispose();
        session.Dispose();
        Assert.Throws<ObjectDisposedException>(() => session.Step(new float[3], new float[3]));
        _session.Step(new float[3], new float[3]);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void NaNShowsInTheOutputAndOnlyThere(string name)
    {
        var model = TestModels.Create(name, seed: 1);
        var samples = new Samples(model, count: 2, timeSteps: 3);
        var (expected, found) = (new float[2 * samples.TargetSize], new float[2 * samples.TargetSize]);
        model.PredictBatch(samples.Inputs, 3, expected);
        var inputs = samples.Inputs.ToArray();

        // One step is enough to spoil a state for good.
        var hasState = model.Layout.Tensors.Any(tensor => tensor.Name.EndsWith(".recurrent_kernel", StringComparison.Ordinal));
        inputs.AsSpan(0, samples.InputSize * (hasState ? 1 : samples.TimeSteps)).Fill(float.NaN);
        model.PredictBatch(inputs, 3, found);
        Assert.All(found[..samples.TargetSize], value => Assert.True(float.IsNaN(value)));
        Assert.Equal(expected[samples.TargetSize..], found[samples.TargetSize..]);
        model.PredictBatch(samples.Inputs, 3, found);
        Assert.Equal(expected, found);
    }

    [Fact]
    public void DatasetRefusesNaN() => AssertThrows<ArgumentException>(
        "inputs", "The value at index 4 is NaN", () => _ = new SequenceDataset(new float[] { 1, 2, 3, 4, float.NaN, 6 }, new float[3], 2, 3, 3));

    [Fact]
    public void TrainerChecksLengths()
    {
        var trainer = new Trainer<Classifier>(
            _classifier, new TrainerOptions { Loss = Loss.CategoricalCrossentropy, BatchSize = 2, TimeSteps = 2 });
        var before = _classifier.Weights.SelectMany(tensor => tensor.ToArray()).ToArray();
        AssertThrows<ArgumentException>("inputs", "have 18 floats; expected 1 to 2 sequences of 6", () => trainer.TrainBatch(new float[18], new float[9]));
        AssertThrows<ArgumentException>("inputs", "have 0 floats", () => trainer.TrainBatch(Array.Empty<float>(), Array.Empty<float>()));
        AssertThrows<ArgumentException>("targets", "have 3 floats; expected 6", () => trainer.TrainBatch(new float[12], new float[3]));
        var dataset = new SequenceDataset(new float[9], new float[3], timeSteps: 3, inputSize: 3, targetSize: 3);
        AssertThrows<ArgumentException>("training", "Expected 2 time steps, the dataset has 3", () => trainer.Fit(dataset));
        Assert.Equal(before, _classifier.Weights.SelectMany(tensor => tensor.ToArray()));
    }

    private static void AssertThrows<TException>(string parameter, string message, Action action)
        where TException : ArgumentException
    {
        var exception = Assert.Throws<TException>(action);
        Assert.Equal(parameter, exception.ParamName);
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }
}
