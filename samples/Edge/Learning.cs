using System.Globalization;
using System.Text;

namespace Edge;

/// <summary>Goes on training a network on the numbers that come in.</summary>
internal static class Learning
{
    private const float LearningRate = 2e-4f;
    private const int WindowsPerSave = 16;

    /// <summary>Learns to the end of the input. Saves after some windows and at the end, and then tells the loss on standard output.</summary>
    /// <param name="model">The network.</param>
    /// <param name="path">Where to save its weights.</param>
    /// <exception cref="IOException">There is nothing to learn from, the loss is not finite, or the weights cannot be saved.</exception>
    public static void Run(Forecaster model, string path)
    {
        using var learner = new Learner(model, LearningRate);
        var input = new NumberReader();
        var (values, windows, sum) = (0L, 0, 0.0);
        while (input.TryRead(out var value))
        {
            values++;
            Count(learner.Add(value));
            if (windows == WindowsPerSave)
                Save();
        }

        Count(learner.End());
        if (windows > 0)
            Save();
        if (values < 2)
            throw new IOException($"expected two numbers or more to learn from, found {values}.");

        void Count(float? loss)
        {
            if (loss is null)
                return;
            windows++;
            sum += loss.Value;
        }

        void Save()
        {
            var loss = sum / windows;
            if (!double.IsFinite(loss))
                throw new IOException($"the loss is {loss.ToString(CultureInfo.InvariantCulture)} after {values} values; what was learnt since the last time is not saved.");
            model.Save(path);
            var report = string.Create(CultureInfo.InvariantCulture, $"{values} values, loss {loss:F6}\n");
            StandardStream.Write(StandardStream.Output, Encoding.UTF8.GetBytes(report));
            (windows, sum) = (0, 0);
        }
    }
}
