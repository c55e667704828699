namespace NanoRnn.Limits;

/// <summary>Predictions and training on a thread with a small stack: each prints its name when it is done.</summary>
internal static class StackRun
{
    private const int StackBytes = 256 * 1024;
    private const int Rows = 9;
    private const int TimeSteps = 20;

    public static void Print(Action<string> print)
    {
        var thread = new Thread(() => Run(print), StackBytes);
        thread.Start();
        thread.Join();
    }

    private static void Run(Action<string> print)
    {
        Predict(new StackModels.WideNormalization(1), 1, TimeSteps);
        Predict(new StackModels.Wide(1), 2, TimeSteps * 3);
        Predict(new StackModels.WideMasking(1), 2, 70);
        Predict(new StackModels.Whole(1), 2, TimeSteps * 2);
        Predict(StackModels.WideIntegers.From(new StackModels.OfFloats(1).Weights), 2, TimeSteps * 2000);
        using (var session = new StackModels.WideNormalization(1).CreateSession())
            session.Step([1], new float[1]);
        print("WideNormalization step");
        var tokens = new int[TimeSteps];
        new StackModels.Translation(1).Generate(tokens, new int[5]);
        new StackModels.Translation(1).Generate(tokens, new int[5], beamWidth: 3);
        print("Translation generate");
        using var trainer = new Trainer<StackModels.Whole>(new(1), new TrainerOptions { BatchSize = Rows, TimeSteps = TimeSteps, Threads = 2 });
        trainer.TrainBatch(new float[Rows * TimeSteps * 2], new float[Rows * TimeSteps * 2]);
        print("Whole train");

        void Predict<TModel>(TModel model, int inputSize, int outputLength)
            where TModel : ISequencePredictor<float>
        {
            var (inputs, outputs) = (new float[Rows * TimeSteps * inputSize], new float[Rows * outputLength]);
            inputs.AsSpan().Fill(0.5f);
            model.Predict(inputs.AsSpan(0, TimeSteps * inputSize), outputs.AsSpan(0, outputLength));
            var first = outputs.AsSpan(0, outputLength).ToArray();
            for (var turn = 0; turn < 2; turn++)
                model.PredictBatch(inputs, TimeSteps, outputs);
            for (var row = 0; row < Rows; row++)
            {
                if (!outputs.AsSpan(row * outputLength, outputLength).SequenceEqual(first))
                    throw new InvalidOperationException($"Row {row} of {typeof(TModel).Name} is another than alone.");
            }

            print($"{typeof(TModel).Name} predict");
        }
    }
}
