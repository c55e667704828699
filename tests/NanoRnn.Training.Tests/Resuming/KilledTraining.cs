using NanoRnn.Training.Tests.Callbacks;

namespace NanoRnn.Training.Tests.Resuming;

/// <summary>
/// A training that saves itself every few batches and goes on with what it finds, as a process of its own: this assembly is its program.
/// </summary>
internal static class KilledTraining
{
    public const string Ready = "ready";
    public const string Done = "done";

    private const int Epochs = 60;
    private const int SaveFrequency = 3;

    public static int Main(string[] args)
    {
        if (args is not [var backup, var result])
        {
            Console.Error.WriteLine("usage: <backup> <result>");
            return 2;
        }

        Console.WriteLine(Ready);
        Run(new BackupAndRestore(backup, SaveFrequency)).Save(result);
        Console.WriteLine(Done);
        return 0;
    }

    /// <summary>The whole training, with dropout, a random order, an optimizer that remembers and callbacks that act.</summary>
    public static Forecaster Run(params Callback[] callbacks)
    {
        using var trainer = new Trainer<Forecaster>(new Forecaster(seed: 3), FitData.Options with { Optimizer = Optimizer.Adam(0.05) });
        trainer.Fit(
            FitData.Create(31),
            Epochs,
            FitData.Create(5, seed: 2),
            [new EarlyStopping(patience: Epochs, restoreBestWeights: true), new ReduceLROnPlateau(patience: 2), .. callbacks]);
        return trainer.Model;
    }
}
