using System.Numerics.Tensors;
using NanoRnn;

namespace Digits;

/// <summary>How often each digit was taken for which.</summary>
public sealed class ConfusionTable
{
    private readonly int[,] _counts = new int[10, 10];

    /// <summary>Predicts every image of a dataset.</summary>
    public ConfusionTable(ISequencePredictor<float> model, SequenceDataset images)
    {
        Span<float> probabilities = stackalloc float[DigitModel.OutputSize];
        for (var i = 0; i < images.Count; i++)
        {
            model.Predict(images.GetInput(i), probabilities);
            var (digit, predicted) = (images.GetTargetTokens(i)[0], TensorPrimitives.IndexOfMax(probabilities));
            _counts[digit, predicted]++;
            Count++;
            if (digit == predicted)
                Right++;
        }
    }

    public int Count { get; }

    public int Right { get; }

    public double Accuracy => (double)Right / Count;

    public int this[int digit, int predicted] => _counts[digit, predicted];

    public void Write(TextWriter output)
    {
        output.WriteLine("true \\ predicted   0   1   2   3   4   5   6   7   8   9");
        for (var digit = 0; digit < 10; digit++)
        {
            output.Write($"{digit,16}");
            for (var predicted = 0; predicted < 10; predicted++)
                output.Write(_counts[digit, predicted] == 0 ? "   ." : $"{_counts[digit, predicted],4}");
            output.WriteLine();
        }
    }
}
