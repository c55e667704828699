using Digits;
using NanoRnn;
using Samples;

namespace Captions;

/// <summary>Learns from pictures of four fifths of the digits, and tells what pictures of the others show.</summary>
public static class Captioning
{
    private const int TrainingCount = 80_000;
    private const int TestCount = 1000;

    /// <summary>Trains a model and tests it.</summary>
    /// <returns>The model, and which share of the captions of unseen digits is right to the last word.</returns>
    public static (CaptionModel Model, double Exact) Run(DigitImages images, int epochs, TextWriter output, bool isLive = false)
    {
        var (training, unseen) = images.Split();
        var (pictures, test) = (Picture.Create(training, TrainingCount, seed: 1), Picture.Create(unseen, TestCount, seed: 2));
        output.WriteLine(CaptionModel.Summary);
        var model = new CaptionModel(seed: 42);
        using var trainer = new Trainer<CaptionModel>(model, new TrainerOptions
        {
            Loss = Loss.SparseCategoricalCrossentropy,
            Optimizer = Optimizer.Adam(learningRate: 2e-3f) with { GlobalClipNorm = 1 },
            BatchSize = 32,
            TimeSteps = Picture.Width,
            TargetSteps = Words.MaxSteps,
        });
        trainer.Fit(Picture.ToDataset(pictures), epochs, validation: null, new CosineDecay(), new ProgressBar(output, isLive));

        foreach (var picture in test.AsSpan(0, 3))
        {
            output.WriteLine();
            picture.Write(output);
            output.WriteLine(model.Describe(picture));
        }

        var exact = test.Count(picture => model.Describe(picture) == picture.Caption);
        output.WriteLine();
        output.WriteLine($"Of {test.Length} pictures of unseen digits exact: {exact}");
        return (model, (double)exact / test.Length);
    }
}
