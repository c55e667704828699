using NanoRnn.Tests.Shared;

namespace NanoRnn.Training.Tests.Data;

/// <summary>Samples that come one after the other.</summary>
public sealed class StreamTests : IDisposable
{
    private const int Count = 11;

    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void TrainingOnAStreamHasTheBitsOfTheDataset()
    {
        var dataset = Create(Count);
        var options = new TrainerOptions { Shuffle = false };
        var stream = new StreamedDataset(Parts(dataset, 3, 0, 1, 7));
        Assert.Equal(Count, stream.Count);
        Assert.Equal(Train(trainer => trainer.Fit(dataset, 3), options), Train(trainer => trainer.Fit(stream, 3), options));
        Assert.Equal(
            Train(trainer => trainer.Fit(dataset.Take(8), 3), options),
            Train(trainer => trainer.Fit(new StreamedDataset(Parts(dataset, 5, 6), count: 8), 3), options));
    }

    [Fact]
    public void FilesAreStreamed()
    {
        var dataset = Create(3000);
        using (var writer = new BinaryWriter(File.Create(_path)))
        {
            for (var i = 0; i < dataset.Count; i++)
            {
                foreach (var value in (float[])[.. dataset.GetInput(i), .. dataset.GetTarget(i)])
                    writer.Write(value);
            }
        }

        var options = new TrainerOptions { Shuffle = false };
        var stream = StreamedDataset.FromFile(_path, timeSteps: 5, inputSize: 2, targetSize: 1);
        Assert.Equal(3000, stream.Count);
        Assert.Equal(Train(trainer => trainer.Fit(dataset, 2), options), Train(trainer => trainer.Fit(stream, 2), options));

        // In pieces: a sample of a megabyte and more is one by itself.
        using var file = new FileStream(_path, FileMode.Create);
        file.SetLength(3 * 4 * 300_001);
        file.Flush();
        using var source = new StreamSource(StreamedDataset.FromFile(_path, timeSteps: 3, inputSize: 100_000, targetSize: 1), shuffles: false, batchSize: 1);
        Assert.Equal(3, source.Count);
        var random = new RandomGenerator(1);
        source.Begin(ref random);
        for (var i = 0; i < 3; i++)
            Assert.Equal(i, source.NumberOf(source.Take(i, 1)[0]));
        Assert.Contains(
            "has 3600012 bytes; expected 1 to 2147483647 samples of 48 bytes (5 time steps of 2 floats, and 2 of the target)",
            Assert.Throws<ArgumentException>(() => StreamedDataset.FromFile(_path, 5, 2, 2)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void EveryKindOfSampleIsStreamed()
    {
        var lengths = Enumerable.Range(0, Count).Select(i => i % 3 + 1).ToArray();
        var tokens = Enumerable.Range(0, 3 * Count).Select(i => i % 11).ToArray();
        var dataset = new SequenceDataset(tokens, tokens, 3, 3, lengths);
        var options = new TrainerOptions { Loss = Loss.SparseCategoricalCrossentropy, TimeSteps = 3, BatchSize = 4, Shuffle = false };
        Assert.Equal(
            Train<LanguageModel>(new(1), trainer => trainer.Fit(dataset), options),
            Train<LanguageModel>(new(1), trainer => trainer.Fit(new StreamedDataset(Parts(dataset, 5, 6))), options));

        foreach (var kind in (SequenceDataset[])
        [
            dataset, new(tokens, new float[Count], 3, 1), new(new float[3 * Count], tokens, 3, 1, 3, lengths), Create(Count),
        ])
        {
            using var source = new StreamSource(new StreamedDataset(Parts(kind, 4, 7)), shuffles: false, batchSize: 2);
            var random = new RandomGenerator(1);
            source.Begin(ref random);
            for (var i = 0; i < Count; i++)
            {
                var (place, samples) = (source.Take(i, 1)[0], source.Samples);
                Assert.Equal(i, source.NumberOf(place));
                Assert.Equal(kind.GetLength(i), samples.GetLength(place));
                var (expected, found) = (new float[kind.TimeSteps * kind.InputSize], new float[kind.TimeSteps * kind.InputSize]);
                kind.CopyInputBits(i, expected, kind.InputSize);
                samples.CopyInputBits(place, found, kind.InputSize);
                Assert.Equal(expected, found);
                (expected, found) = (new float[kind.TargetSize], new float[kind.TargetSize]);
                kind.CopyTargetNumbers(i, expected);
                samples.CopyTargetNumbers(place, found);
                Assert.Equal(expected, found);
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(11)]
    [InlineData(1000)]
    public void TheBufferShufflesWithinItsReach(int buffer)
    {
        var stream = new StreamedDataset(Parts(Create(Count), 3, 8)) { ShuffleBuffer = buffer };
        using var source = new StreamSource(stream, shuffles: true, batchSize: 4);
        var random = new RandomGenerator(1);
        var orders = new HashSet<string>();
        for (var epoch = 0; epoch < 20; epoch++)
        {
            var before = random;
            source.Begin(ref random);
            var order = Order(source);
            Assert.Equal(Enumerable.Range(0, Count), order.Order());

            // A sample cannot come before those that it waits behind: at place p there are the first p + buffer to choose from.
            Assert.All(order.Index(), item => Assert.InRange(item.Item, 0, item.Index + buffer - 1));
            orders.Add(string.Join(' ', order));

            // The same generator gives the same order, from any batch on.
            source.Begin(ref before);
            Assert.Equal(order[8..], source.Take(8, 3).ToArray().Select(source.NumberOf));
        }

        Assert.True(buffer == 1 ? orders.Count == 1 : orders.Count == 20);
    }

    [Fact]
    public void ShuffledTrainingIsThatOfTheSeed()
    {
        var stream = new StreamedDataset(Parts(Create(Count), 3, 8)) { ShuffleBuffer = 5 };
        var first = Train(trainer => trainer.Fit(stream, 2), new TrainerOptions { Seed = 1 });
        Assert.Equal(first, Train(trainer => trainer.Fit(stream, 2), new TrainerOptions { Seed = 1 }));
        Assert.Equal(first, Train(
            trainer =>
            {
                trainer.Fit(stream);
                trainer.Fit(stream);
            },
            new TrainerOptions { Seed = 1 }));
        Assert.NotEqual(first, Train(trainer => trainer.Fit(stream, 2), new TrainerOptions { Seed = 2 }));
    }

    [Fact]
    public void AnEpochAllocatesNothingOfItsOwn()
    {
        var part = Create(Count);
        var stream = new StreamedDataset(new Repeated(part), Count) { ShuffleBuffer = 5 };
        using var source = new StreamSource(stream, shuffles: true, batchSize: 4);
        var random = new RandomGenerator(1);
        Assert.Equal(0, AllocatedBytes.Of(() =>
        {
            source.Begin(ref random);
            for (var first = 0; first < Count; first += 4)
                source.Take(first, Math.Min(4, Count - first));
        }));
    }

    [Fact]
    public void MistakesAreNamed()
    {
        var dataset = Create(Count);
        using var trainer = new Trainer<Forecaster>(new Forecaster(), new TrainerOptions { Shuffle = false });
        AssertMessage<InvalidOperationException>("ended after 11 samples; expected 12", new StreamedDataset(Parts(dataset, 11), count: 12));
        AssertMessage<InvalidOperationException>("The stream has 0 samples", new StreamedDataset([]));
        AssertMessage<InvalidOperationException>("ended after 0 samples; expected 1", new StreamedDataset([], count: 1));
        AssertMessage<InvalidOperationException>("no targets", new StreamedDataset([new SequenceDataset(new float[10], 5, 2)]));
        AssertMessage<InvalidOperationException>(
            "Part 1 of the stream has 5 time steps of 2 floats, targets of 3 floats; expected what the first part has, 5 time steps of 2 floats, targets of 1 floats",
            new StreamedDataset([dataset, new SequenceDataset(new float[10], new float[3], 5, 2, 3)]));
        AssertMessage<ArgumentException>("Expected 5 time steps, the dataset has 10", new StreamedDataset([new SequenceDataset(new float[20], new float[1], 10, 2, 1)]));

        using var tokens = new Trainer<LanguageModel>(new LanguageModel(), new TrainerOptions
        {
            Loss = Loss.SparseCategoricalCrossentropy, TimeSteps = 1, BatchSize = 4,
        });
        var stream = new StreamedDataset([new SequenceDataset((int[])[1, 2, 3, 4, 5, 6, 7, 11], new int[8], 1, 1)]) { ShuffleBuffer = 3 };
        Assert.Contains("Token 11 at step 0 of sample 7", Assert.Throws<ArgumentException>(() => tokens.Fit(stream)).Message, StringComparison.Ordinal);

        void AssertMessage<TException>(string expected, StreamedDataset training)
            where TException : Exception =>
            Assert.Contains(expected, Assert.Throws<TException>(() => trainer.Fit(training)).Message, StringComparison.Ordinal);
    }

    private static List<int> Order(StreamSource source)
    {
        var order = new List<int>();
        for (var first = 0; first < source.Count; first += 4)
        {
            foreach (var place in source.Take(first, Math.Min(4, source.Count - first)))
            {
                order.Add(source.NumberOf(place));
                Assert.Equal(Create(Count).GetInput(order[^1]), source.Samples.GetInput(place));
            }
        }

        return order;
    }

    private static float[] Train(Action<Trainer<Forecaster>> fit, TrainerOptions options) => Train(new Forecaster(seed: 1), fit, options);

    private static float[] Train<TModel>(TModel model, Action<Trainer<TModel>> fit, TrainerOptions options)
        where TModel : class, CompilerServices.IRnnModel<TModel>
    {
        using var trainer = new Trainer<TModel>(model, options);
        fit(trainer);
        return model.PackedWeights.Span.ToArray();
    }

    private static SequenceDataset Create(int count)
    {
        var random = new RandomGenerator(7);
        var (inputs, targets) = (new float[count * 10], new float[count]);
        foreach (ref var number in inputs.AsSpan())
            number = random.NextUniform(-1, 1);
        foreach (ref var number in targets.AsSpan())
            number = random.NextUniform(-1, 1);
        return new SequenceDataset(inputs, targets, 5, 2, 1);
    }

    private static IEnumerable<SequenceDataset> Parts(SequenceDataset dataset, params int[] counts)
    {
        var start = 0;
        foreach (var count in counts)
        {
            yield return dataset.Slice(start, count);
            start += count;
        }
    }

    /// <summary>One part for ever, enumerated without allocating.</summary>
    private sealed class Repeated(SequenceDataset part) : IEnumerable<SequenceDataset>, IEnumerator<SequenceDataset>
    {
        public SequenceDataset Current => part;

        object System.Collections.IEnumerator.Current => part;

        public IEnumerator<SequenceDataset> GetEnumerator() => this;

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => this;

        public bool MoveNext() => true;

        public void Reset()
        {
        }

        public void Dispose()
        {
        }
    }
}
