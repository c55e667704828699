using NanoRnn.Fleet.Protocol;

namespace NanoRnn.Fleet.Tests;

public sealed class DeviceTests
{
    private readonly SmallModel _model = new(seed: 1);

    [Fact]
    public void StatisticsOfBatchesAreNotForFleets()
    {
        var error = Assert.Throws<ArgumentException>(() => WeightVector.Of(new BatchNormalizedModel()));
        Assert.Contains("use [LayerNormalization] in a fleet", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void UpdateIsTheDifferenceThatTrainingMakes()
    {
        using var trainer = NewTrainer(_model);
        var device = new FleetDevice(WeightVector.Of(_model), new LocalTraining<SmallModel>(trainer, NewData(), epochs: 2));
        var update = device.Receive(NewTask(0, 0)).ToArray();

        var other = new SmallModel(seed: 9);
        using var otherTrainer = NewTrainer(other);
        var loss = new LocalTraining<SmallModel>(otherTrainer, NewData(), epochs: 2).Run(0, 0);
        var (start, end) = (Weights(new SmallModel(seed: 9)), Weights(other));
        Assert.Null(Message.TryRead(update, out var message));
        var difference = new float[message.Count];
        Assert.True(message.CopyNumbers(difference));
        Assert.Equal(WeightVector.Of(_model).TrainableLength, message.Count);
        Assert.Equal(difference.Select((_, i) => end[i] - start[i]), difference);
        Assert.Equal((20u, loss), (message.Samples, message.Loss));
        Assert.Contains(difference, value => value != 0);
    }

    [Fact]
    public void AllocatesNothingBetweenRounds()
    {
        using var trainer = NewTrainer(_model);
        var device = new FleetDevice(
            WeightVector.Of(_model), new LocalTraining<SmallModel>(trainer, NewData(), epochs: 2), new UpdatePrivacy { ClipNorm = 0.5, NoiseMultiplier = 0.01 });
        byte[][] tasks = [.. Enumerable.Range(0, 2000).Select(round => NewTask(round, 0.1f))];
        var receipt = new byte[Message.ReceiptMessageLength];
        Message.WriteReceipt(receipt, new(5, WeightVector.Of(_model).Fingerprint, 0), Refusal.Late);
        var next = 0;

        // What is said and heard first makes what every later message takes.
        Round();
        Assert.Equal(0, AllocatedBytes.Of(Round));
        Assert.Equal(next, device.LearntRounds);
        Assert.Equal(Refusal.Late, device.LastRefusal);

        void Round()
        {
            for (var i = 0; i < 5 && next < tasks.Length; i++)
                device.Receive(tasks[next++]);
            device.Receive(receipt);
            device.Hello();
        }
    }

    [Fact]
    public void ProximalTermHoldsWeightsNear()
    {
        double[] distances = [.. ((float[])[0, 1, 100, 1e6f]).Select(Distance)];
        Assert.Equal(distances.OrderDescending(), distances);
        Assert.True(distances[1] < distances[0] && distances[3] < 1e-4 * distances[0], string.Join(' ', distances));

        double Distance(float proximalTerm)
        {
            var model = new SmallModel(seed: 4);
            using var trainer = NewTrainer(model);
            new LocalTraining<SmallModel>(trainer, NewData(), epochs: 3).Run(0, proximalTerm);
            return Math.Sqrt(Weights(model).Zip(Weights(new SmallModel(seed: 4))).Sum(pair => Math.Pow(pair.First - pair.Second, 2)));
        }
    }

    /// <summary>With SGD and one batch the step and the pull are formulas.</summary>
    [Fact]
    public void ProximalTermIsItsOperator()
    {
        var (free, held) = (new SmallModel(seed: 4), new SmallModel(seed: 4));
        foreach (var (model, term) in (ReadOnlySpan<(SmallModel, float)>)[(free, 0f), (held, 3f)])
        {
            using var trainer = NewTrainer(model, Optimizer.Sgd(0.1));
            new LocalTraining<SmallModel>(trainer, NewData().Take(4), epochs: 1).Run(0, term);
        }

        var (start, freely) = (Weights(new SmallModel(seed: 4)), Weights(free));
        Assert.Equal(start.Zip(freely, (w0, w) => (w + 0.3 * w0) / 1.3), Weights(held).Select(weight => (double)weight), (a, b) => Math.Abs(a - b) < 1e-6);
    }

    [Fact]
    public void MessagesThatAreNoUseAreIgnored()
    {
        var training = new FixedTraining(_model, 1);
        var device = new FleetDevice(WeightVector.Of(_model), training);
        var task = NewTask(3, 0);
        var damaged = (byte[])task.Clone();
        damaged[60] ^= 4;
        Assert.True(device.Receive(damaged).IsEmpty);
        Assert.True(device.Receive([]).IsEmpty);
        var answer = device.Receive(task).ToArray();
        Assert.Equal(answer, device.Receive(task).ToArray());
        Assert.True(device.Receive(NewTask(2, 0)).IsEmpty);
        Assert.Equal((1, 3), (training.Runs, device.IgnoredMessages));
    }

    [Fact]
    public void ClippingShortensAndNoiseHasItsDeviation()
    {
        float[] difference = [3, -4];
        new UpdatePrivacy { ClipNorm = 1 }.Apply(difference);
        Assert.Equal([0.6f, -0.8f], difference, (a, b) => Math.Abs(a - b) < 1e-6);
        new UpdatePrivacy { ClipNorm = 2 }.Apply(difference);
        Assert.Equal([0.6f, -0.8f], difference, (a, b) => Math.Abs(a - b) < 1e-6);

        var many = new float[200_000];
        new UpdatePrivacy { ClipNorm = 2, NoiseMultiplier = 1.5 }.Apply(many);
        Assert.InRange(many.Average(value => (double)value), -0.05, 0.05);
        Assert.InRange(Math.Sqrt(many.Average(value => (double)value * value)), 2.95, 3.05);
        Assert.InRange(many.Count(value => Math.Abs(value) > 6) / 200_000.0, 0.04, 0.051);
        Assert.Throws<InvalidOperationException>(() => new UpdatePrivacy { ClipNorm = double.PositiveInfinity, NoiseMultiplier = 1 }.Apply(many));
    }

    [Fact]
    public void VectorHasTrainableWeightsFirstAndAnotherModelHasAnotherFingerprint()
    {
        var vector = WeightVector.Of(_model);
        Assert.Equal(vector.TrainableLength + 4, vector.Length);
        Assert.NotEqual(vector.Fingerprint, WeightVector.Of(new OtherModel()).Fingerprint);
        Assert.Equal(vector.Fingerprint, WeightVector.Of(new SmallModel(seed: 8)).Fingerprint);
        var weights = Weights(new SmallModel(seed: 8));
        vector.CopyFrom(weights);
        Assert.Equal(weights, Weights(_model));
        Assert.Throws<ArgumentException>(() => vector.CopyFrom(weights.AsSpan(1)));
        Assert.Throws<ArgumentException>(() => vector.CopyTo(weights.AsSpan(1)));
    }

    private static Trainer<SmallModel> NewTrainer(SmallModel model, Optimizer? optimizer = null) => new(model, new TrainerOptions { Optimizer = optimizer ?? Optimizer.Adam(0.01), BatchSize = 8, TimeSteps = 3, Seed = 2 });

    private static SequenceDataset NewData()
    {
        var random = new Random(3);
        float[] inputs = [.. Enumerable.Range(0, 20 * 6).Select(_ => random.NextSingle())], targets = [.. Enumerable.Range(0, 20).Select(_ => random.NextSingle())];
        return new(inputs, targets, 3, 2, 1);
    }

    private static float[] Weights(SmallModel model)
    {
        var vector = WeightVector.Of(model);
        var weights = new float[vector.Length];
        vector.CopyTo(weights);
        return weights;
    }

    private static byte[] NewTask(int round, float proximalTerm)
    {
        var model = new SmallModel(seed: 9);
        var task = new byte[Message.TaskLength(WeightVector.Of(model).Length)];
        Message.WriteTask(task, MessageKind.Task, new(5, WeightVector.Of(model).Fingerprint, (uint)round), proximalTerm, Weights(model));
        return task;
    }
}
