using NanoRnn;
using Samples;

namespace Digits;

/// <summary>Learns from four fifths of the images and tests with the others.</summary>
public static class DigitClassification
{
    private const int Epochs = 12;

    /// <summary>Trains a model and tests it.</summary>
    /// <param name="images">All images.</param>
    /// <param name="folder">Where the picture goes.</param>
    /// <param name="output">Where the report goes.</param>
    /// <param name="isLive">Whether that is a console.</param>
    /// <returns>What the model said of the images it has not seen.</returns>
    public static ConfusionTable Run(DigitImages images, string folder, TextWriter output, bool isLive = false)
    {
        // First, so that a folder that cannot be had costs no training.
        Directory.CreateDirectory(folder);

        var (training, test) = images.Split();
        output.WriteLine(DigitModel.Summary);
        output.WriteLine($"{training.Count} images to learn from, {training.WithMoved().Count} with those moved to the side; {test.Count} to test with.");
        var model = Train(training, new ProgressBar(output, isLive));
        var table = new ConfusionTable(model, test.ToDataset());
        output.WriteLine();
        table.Write(output);
        output.WriteLine();
        output.WriteLine($"Right: {table.Right} of {table.Count} unseen images, {100 * table.Accuracy:F1} %");
        var picture = Path.Combine(folder, "confusion.svg");
        string[] digits = [.. Enumerable.Range(0, DigitModel.OutputSize).Select(digit => $"{digit}")];
        ConfusionPlot.Create(digits, (digit, predicted) => table[digit, predicted]).SaveSvg(picture, 560, 520);
        output.WriteLine($"Picture: {picture}");
        return table;
    }

    /// <summary>Trains a model with images and with those moved to the side.</summary>
    public static DigitModel Train(DigitImages images, ProgressBar progress)
    {
        var model = new DigitModel(seed: 42);
        var trainer = new Trainer<DigitModel>(model, new TrainerOptions
        {
            Loss = Loss.SparseCategoricalCrossentropy,
            Optimizer = Optimizer.Adam(learningRate: 0.01f) with { GlobalClipNorm = 1 },
            BatchSize = 32,
            TimeSteps = DigitImages.Size,
        });
        trainer.Fit(images.WithMoved().ToDataset(), Epochs, validation: null, new CosineDecay(), progress);
        return model;
    }
}
