using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace NanoRnn.Behaviour;

/// <summary>Prints a digest of everything a model computes: lines that must be the same whatever the processor can do.</summary>
internal static class BitDigests
{
    private const int TimeSteps = 19;
    private const int Steps = 10;
    private static readonly int[] BatchSizes = [1, 4, 5, 7];

    /// <summary>Every kind of clipping takes part, with a bound that is exceeded.</summary>
    private static readonly (string Name, Optimizer Optimizer)[] Optimizers =
    [
        ("sgd", Optimizer.Sgd(0.05f, momentum: 0.9f, nesterov: true) with { ClipNorm = 0.05f }),
        ("rmsprop", Optimizer.RmsProp(0.01f, momentum: 0.5f, centered: true) with { ClipValue = 0.01f }),
        ("adam", Optimizer.Adam(0.01f) with { GlobalClipNorm = 0.05f }),
        ("adamw", Optimizer.AdamW(0.01, amsgrad: true) with { GradientAccumulationSteps = 2, UseEma = true, EmaOverwriteFrequency = 3 }),
    ];

    public static void Print(Action<string> writeLine)
    {
        writeLine($"width {DescribeWidth()}");
        foreach (var name in TestModels.Names)
        {
            PrintPrediction(writeLine, name);
            foreach (var (optimizerName, optimizer) in Optimizers)
                writeLine($"{name} {optimizerName} {Digest(name, Train(name, optimizer))}");
            writeLine($"{name} checkpoints {Digest(name, Train(name, Optimizer.Adam(0.01f), checkpointSteps: 5))}");
        }

        foreach (var name in ShapeRun.Names)
        {
            using var run = ShapeRun.Create(name, threads: 1);
            run.Predict();
            writeLine($"{name} predict {Digest(name, run.Results())}");
            run.Train();
            run.Predict();
            writeLine($"{name} train {Digest(name, run.Results())}");
        }
    }

    private static string DescribeWidth()
    {
        var kernels = Vector512.IsHardwareAccelerated ? "512"
            : Vector256.IsHardwareAccelerated ? "256"
            : Vector128.IsHardwareAccelerated ? "128"
            : "scalar";
        return string.Create(CultureInfo.InvariantCulture, $"{kernels}, Vector<float>.Count {Vector<float>.Count}");
    }

    private static void PrintPrediction(Action<string> writeLine, string name)
    {
        var model = TestModels.Create(name, seed: 3);
        var samples = new Samples(model, BatchSizes.Max(), TimeSteps);
        var single = new float[samples.Count * samples.TargetSize];
        for (var row = 0; row < samples.Count; row++)
            model.Predict(samples.InputsOf(row, 1), single.AsSpan(row * samples.TargetSize, samples.TargetSize));
        writeLine($"{name} predict {Digest(name, single)}");

        var batches = new List<float>();
        foreach (var rows in BatchSizes)
        {
            var outputs = new float[rows * samples.TargetSize];
            model.PredictBatch(samples.InputsOf(0, rows), TimeSteps, outputs);
            batches.AddRange(outputs);
        }

        writeLine($"{name} batch {Digest(name, CollectionsMarshal.AsSpan(batches))}");

        var step = model.OpenSession();
        var steps = new float[samples.Count * TimeSteps * model.Layout.OutputSize];
        for (var i = 0; i < samples.Count * TimeSteps; i++)
        {
            step(
                samples.Inputs.AsSpan(i * samples.InputSize, samples.InputSize),
                steps.AsSpan(i * model.Layout.OutputSize, model.Layout.OutputSize));
        }

        writeLine($"{name} step {Digest(name, steps)}");
    }

    /// <summary>The losses of ten steps on batches of all sizes, and the weights after them.</summary>
    private static float[] Train(string name, Optimizer optimizer, int checkpointSteps = 0)
    {
        var model = TestModels.Create(name, seed: 4);
        var samples = new Samples(model, BatchSizes.Max(), TimeSteps, seed: 2);
        var trainer = model.CreateTrainer(new TrainerOptions
        {
            Loss = model.SuitableLoss(), Optimizer = optimizer, BatchSize = BatchSizes.Max(), TimeSteps = TimeSteps, CheckpointSteps = checkpointSteps,
        });
        var before = model.PackedWeights.ToArray();
        var losses = new float[Steps];
        for (var i = 0; i < Steps; i++)
        {
            var rows = BatchSizes[i % BatchSizes.Length];
            losses[i] = trainer.TrainBatch(samples.InputsOf(0, rows), samples.TargetsOf(0, rows));
        }

        if (model.PackedWeights.SequenceEqual(before))
            throw new InvalidOperationException($"{name}: training changed nothing.");
        return [.. losses, .. model.PackedWeights];
    }

    /// <summary>
    /// The 64-bit FNV-1a hash of the floats' bytes (Fowler, Noll and Vo), which needs nothing of the platform. NaN everywhere would prove
    /// nothing, so there is none.
    /// </summary>
    private static string Digest(string name, ReadOnlySpan<float> values)
    {
        foreach (var value in values)
        {
            if (!float.IsFinite(value))
                throw new InvalidOperationException($"{name}: a result is not finite.");
        }

        var hash = 0xCBF29CE484222325;
        foreach (var octet in MemoryMarshal.AsBytes(values))
            hash = (hash ^ octet) * 0x100000001B3;
        return hash.ToString("X16", CultureInfo.InvariantCulture);
    }
}
