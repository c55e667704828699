namespace NanoRnn.Benchmarks.Models;

/// <summary>A model to train, and on how much.</summary>
internal sealed record TrainingTask(string Name, Cell Cell, int Units, Func<TrainingTask, TrainingRun> Create)
{
    public static IReadOnlyList<TrainingTask> All { get; } =
    [
        new("seed_rnn32", Cell.Rnn, 32, task => new TrainingRun<SeedRnn32>(new SeedRnn32(), task)),
        new("seed_lstm50", Cell.Lstm, 50, task => new TrainingRun<SeedLstm50>(new SeedLstm50(), task)),
        new("seed_gru50", Cell.Gru, 50, task => new TrainingRun<SeedGru50>(new SeedGru50(), task)),
        new("heavy_lstm128", Cell.Lstm, 128, task => new TrainingRun<HeavyLstm128>(new HeavyLstm128(), task))
        {
            Inputs = 32, TimeSteps = 50, BatchSize = 64, Samples = 64, Unit = "ms/step",   // one batch is one epoch
        },
        new("conv_lstm64", Cell.Lstm, 64, task => new TrainingRun<ConvLstm64>(new ConvLstm64(), task))
        {
            Inputs = 16, Filters = 64, KernelSize = 3, TimeSteps = 50, BatchSize = 32, Samples = 32, Unit = "ms/step",
        },
    ];

    public int Inputs { get; init; } = 1;

    /// <summary>Filters of the convolution before the recurrent layer; 0 if there is none.</summary>
    public int Filters { get; init; }

    public int KernelSize { get; init; }

    public int TimeSteps { get; init; } = 10;

    public int BatchSize { get; init; } = 32;

    public int Samples { get; init; } = 800;

    public int Threads { get; init; } = 1;

    /// <summary>What one pass over the samples is called.</summary>
    public string Unit { get; init; } = "ms/epoch";

    /// <summary>
    /// Operations in the products that one pass over the samples needs. Forwards, gradient of the state, gradient of the
    /// weights: three products with the state, which is zero at first, and two with the input, whose gradient nobody needs, or with
    /// a convolution's output three.
    /// </summary>
    public double Flops => 2.0 * Samples * (
        Cell.CountGates() * Units * (3.0 * Units * (TimeSteps - 1) + (Filters > 0 ? 3.0 * Filters : 2.0 * Inputs) * TimeSteps)
        + 2.0 * KernelSize * Inputs * Filters * TimeSteps);

    /// <summary>A new model with its trainer.</summary>
    public TrainingRun Start() => Create(this);

    /// <summary>Sines from random phases; every input has the same one. The target is the value after the last step.</summary>
    public SequenceDataset CreateData()
    {
        var random = new RandomGenerator(seed: 0);
        var inputs = new List<float>();
        var targets = new List<float>();
        for (var sample = 0; sample < Samples; sample++)
        {
            var phase = random.NextUniform(0, 6.28f);
            for (var t = 0; t < TimeSteps; t++)
                inputs.AddRange(Enumerable.Repeat(MathF.Sin(phase + 0.2f * t), Inputs));
            targets.Add(MathF.Sin(phase + 0.2f * TimeSteps));
        }

        return new SequenceDataset(inputs.ToArray(), targets.ToArray(), TimeSteps, Inputs, targetSize: 1);
    }
}
