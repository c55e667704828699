namespace NanoRnn.Behaviour;

/// <summary>
/// Prints the bytes that the whole process allocates, on all threads, while a model predicts and trains: one line per model
/// and activity, <c>model activity bytes</c>.
/// </summary>
internal static class Allocations
{
    private const int TimeSteps = 5;
    private const int BatchSize = 6;
    private const int Epochs = 5;
    private const int Repetitions = 40;

    public static void Print(TextWriter writer)
    {
        PrintControl(writer);
        foreach (var name in TestModels.Names)
        {
            var model = TestModels.Create(name, seed: 1);
            var samples = new Samples(model, BatchSize, TimeSteps);
            PrintPrediction(writer, model, samples);
            PrintTraining(writer, model, samples);
            PrintFit(writer, model);
        }

        foreach (var name in ShapeRun.Names)
        {
            using var run = ShapeRun.Create(name, threads: 2);
            writer.WriteLine($"{name} predict {Measure(run.Predict)}");
            writer.WriteLine($"{name} train {Measure(run.Train)}");
        }
    }

    /// <summary>Shows that the meter sees what another thread allocates.</summary>
    private static void PrintControl(TextWriter writer)
    {
        object? garbage = null;
        using var worker = new SpinningWorker(() => garbage = new byte[100]);
        writer.WriteLine($"control allocating {Measure(() =>
        {
            worker.Start();
            worker.Wait();
        })}");
        GC.KeepAlive(garbage);
    }

    private static void PrintPrediction(TextWriter writer, TestModel model, Samples samples)
    {
        var outputs = new float[BatchSize * samples.TargetSize];
        var oneOutput = outputs.AsMemory(0, samples.TargetSize);
        Report(writer, model, "predict", Measure(() => model.Predict(samples.InputsOf(0, 1), oneOutput.Span)));
        Report(writer, model, "batch", Measure(() => model.PredictBatch(samples.Inputs, TimeSteps, outputs)));

        var step = model.OpenSession();
        var y = new float[model.Layout.OutputSize];
        Report(writer, model, "step", Measure(() => step(samples.Inputs.AsSpan(0, samples.InputSize), y)));

        using var worker = new SpinningWorker(() => model.PredictBatch(samples.Inputs, TimeSteps, outputs));
        var ownOutputs = new float[outputs.Length];
        Report(writer, model, "two-threads", Measure(() =>
        {
            worker.Start();
            model.PredictBatch(samples.Inputs, TimeSteps, ownOutputs);
            worker.Wait();
        }));
    }

    private static void PrintTraining(TextWriter writer, TestModel model, Samples samples)
    {
        foreach (var (activity, threads) in new[] { ("train", 1), ("train-shared", 3) })
        {
            using var trainer = model.CreateTrainer(CreateOptions(model) with { Threads = threads });
            Report(writer, model, activity, Measure(() =>
            {
                trainer.TrainBatch(samples.Inputs, samples.Targets);
                trainer.TrainBatch(samples.InputsOf(0, 1), samples.TargetsOf(0, 1));
            }));
        }
    }

    /// <summary>Epochs with shuffling, a smaller last batch, validation and a progress bar; each has its line.</summary>
    private static void PrintFit(TextWriter writer, TestModel model)
    {
        var training = new Samples(model, 3 * BatchSize + 1, TimeSteps, seed: 5).ToDataset();
        var validation = new Samples(model, BatchSize + 1, TimeSteps, seed: 6).ToDataset();
        using var trainer = model.CreateTrainer(CreateOptions(model));
        var meter = new EpochMeter(Epochs);
        var progress = new ProgressBar(TextWriter.Null, isLive: true);
        trainer.Fit(training, Repetitions, validation, progress, meter);
        meter.Clear();
        WaitForCollections();
        trainer.Fit(training, Epochs, validation, progress, meter);
        for (var epoch = 1; epoch <= Epochs; epoch++)
            Report(writer, model, $"fit-epoch-{epoch}", meter.BytesOf(epoch));
    }

    private static TrainerOptions CreateOptions(TestModel model) => new()
    {
        Loss = model.SuitableLoss(),
        Optimizer = Optimizer.Adam() with { ClipNorm = 0.5f },
        BatchSize = BatchSize,
        TimeSteps = TimeSteps,
    };

    /// <summary>Bytes of many calls, after as many to warm up.</summary>
    private static long Measure(Action action)
    {
        for (var i = 0; i < Repetitions; i++)
            action();
        WaitForCollections();
        var before = GC.GetTotalAllocatedBytes(precise: true);
        for (var i = 0; i < Repetitions; i++)
            action();
        return GC.GetTotalAllocatedBytes(precise: true) - before;
    }

    /// <summary>Finalizers allocate on their thread when they like: those of what was constructed before must have run.</summary>
    private static void WaitForCollections()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }

    private static void Report(TextWriter writer, TestModel model, string activity, long bytes) =>
        writer.WriteLine($"{model.Name} {activity} {bytes}");

    /// <summary>Takes the process's allocations from the beginning of each epoch to its end.</summary>
    private sealed class EpochMeter(int epochs) : Callback
    {
        private readonly long[] _begins = new long[epochs + 1];
        private readonly long[] _ends = new long[epochs + 1];

        public long BytesOf(int epoch) => _ends[epoch] - _begins[epoch];

        public void Clear()
        {
            _begins.AsSpan().Clear();
            _ends.AsSpan().Clear();
        }

        public override void OnEpochBegin(int epoch)
        {
            if (epoch < _begins.Length)
                _begins[epoch] = GC.GetTotalAllocatedBytes(precise: true);
        }

        public override void OnEpochEnd(in EpochReport report)
        {
            if (report.Epoch < _ends.Length)
                _ends[report.Epoch] = GC.GetTotalAllocatedBytes(precise: true);
        }
    }

    /// <summary>A second thread that runs an action on demand. It spins, because waiting and waking may allocate.</summary>
    private sealed class SpinningWorker : IDisposable
    {
        private const int Idle = 0;
        private const int Run = 1;
        private const int Quit = 2;

        private readonly Action _action;
        private readonly Thread _thread;
        private int _state;

        public SpinningWorker(Action action)
        {
            _action = action;
            _thread = new Thread(Loop) { IsBackground = true };
            _thread.Start();
        }

        public void Start() => Volatile.Write(ref _state, Run);

        public void Wait()
        {
            while (Volatile.Read(ref _state) != Idle)
                Thread.Yield();
        }

        public void Dispose()
        {
            Volatile.Write(ref _state, Quit);
            _thread.Join();
        }

        private void Loop()
        {
            while (Volatile.Read(ref _state) is var state and not Quit)
            {
                if (state == Idle)
                {
                    Thread.Yield();
                    continue;
                }

                _action();
                Volatile.Write(ref _state, Idle);
            }
        }
    }
}
