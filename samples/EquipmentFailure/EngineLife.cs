using NanoRnn;
using Samples;

namespace EquipmentFailure;

/// <summary>Learns from engines that ran until they failed how long others will last.</summary>
public static class EngineLife
{
    public const int Epochs = 10;

    private const int HeldOut = 20;
    private const int Shown = 8;

    /// <summary>Learns from some of the failed engines, to see how good forecasts for others are; then from all, for the test with engines that still run.</summary>
    /// <returns>Root of the mean squared error of the test, in cycles.</returns>
    public static float Run(int seed, int epochs, TextWriter output, bool isLive = false)
    {
        var failed = Fleet.LoadFailed(DataFile.PathOf("train_FD001.txt.gz"));
        var running = Fleet.LoadRunning(DataFile.PathOf("test_FD001.txt.gz"), DataFile.PathOf("RUL_FD001.txt"));
        output.WriteLine(EngineModel.Summary);

        var known = failed.Count - HeldOut;
        output.WriteLine($"{known} engines to learn from, {HeldOut} held out:");
        Train(failed.ToWindows(0, known), failed.ToWindows(known, failed.Count), seed, epochs, new ProgressBar(output, isLive)).Dispose();
        output.WriteLine();
        output.WriteLine($"All {failed.Count} engines to learn from:");
        using var trainer = Train(failed.ToWindows(), held: null, seed, epochs, new ProgressBar(output, isLive));

        var test = running.ToWindows();
        trainer.Evaluate(test, out var metrics);
        Print(trainer, test, output);
        output.WriteLine();
        output.WriteLine($"Error for {running.Count} running engines (RMSE): {metrics["root_mean_squared_error"]:F2} cycles");
        output.WriteLine("  bidirectional LSTM (Wang 2018): 13.65, LSTM (Zheng 2017): 16.14");
        return metrics["root_mean_squared_error"];
    }

    /// <summary>Trains a model with windows of engines.</summary>
    /// <returns>The trainer, for what is to be done with the model.</returns>
    public static Trainer<EngineModel> Train(SequenceDataset windows, SequenceDataset? held, int seed, int epochs, ProgressBar progress)
    {
        var model = new EngineModel(seed);
        model.Adapt(windows);
        var trainer = new Trainer<EngineModel>(model, new TrainerOptions
        {
            Loss = Loss.MeanSquaredError,
            Optimizer = Optimizer.Adam(learningRate: 0.003),
            BatchSize = 64,
            TimeSteps = Fleet.Window,
            Metrics = [Metric.RootMeanSquaredError],
            Seed = seed,
        });
        trainer.Fit(windows, epochs, held, new CosineDecay(), progress);
        return trainer;
    }

    private static void Print(Trainer<EngineModel> trainer, SequenceDataset test, TextWriter output)
    {
        var (forecasts, truth) = (new float[test.Count], new float[1]);
        trainer.Predict(test, forecasts);
        output.WriteLine();
        output.WriteLine("engine  cycles left, forecast  true");
        for (var engine = 0; engine < Shown; engine++)
        {
            test.CopyTarget(engine, truth);
            output.WriteLine($"{engine + 1,6}{forecasts[engine],23:F0}{truth[0],6:F0}");
        }
    }
}
