using System.Globalization;
using NanoRnn;

namespace Edge;

/// <summary>For every number that comes in a forecast of the next one, by weights that learn from what comes.</summary>
internal static class LiveForecasting
{
    private const float LearningRate = 2e-4f;
    private const int Window = 16;
    private const int WindowsPerSave = 16;

    /// <summary>Goes on to the end of the input. Saves the last good weights after some windows and at the end.</summary>
    /// <param name="model">The network.</param>
    /// <param name="path">Where to save its weights.</param>
    /// <exception cref="IOException">The weights cannot be saved.</exception>
    public static void Run(Forecaster model, string path)
    {
        using var trainer = new Trainer<Forecaster>(model, new TrainerOptions
        {
            Optimizer = Optimizer.Adam(LearningRate) with { GlobalClipNorm = 1 }, BatchSize = 1, TimeSteps = Window, CarryState = true, Shuffle = false,
        });
        var learner = new LiveLearner<Forecaster>(trainer);
        using var session = model.CreateSession();
        var (input, output, last, saved) = (new NumberReader(), new LineWriter(), float.NaN, 0L);
        Span<float> x = stackalloc float[Forecaster.InputSize];
        Span<float> y = stackalloc float[Forecaster.OutputSize];
        while (true)
        {
            if (!input.HasLine)
                output.Flush();
            if (!input.TryRead(out var value))
                break;
            if (float.IsFinite(last))
                Learn(Scaling.ToInput(last), Scaling.ToTarget(last, value));
            x[0] = Scaling.ToInput(last = value);
            session.Step(x, y);
            output.WriteLine(Scaling.ToForecast(value, y[0]));
        }

        output.Flush();
        learner.SaveLastGood(path);

        void Learn(float before, float change)
        {
            switch (learner.Add([before], [change]))
            {
                case LiveLearning.RolledBack:
                    session.Reset();
                    Tell("went back to the last good weights");
                    break;
                case LiveLearning.Drifted:
                    Tell("the series has changed");
                    break;
                default:
                    break;
            }

            if (learner.Windows < saved + WindowsPerSave)
                return;
            saved = learner.Windows;
            learner.SaveLastGood(path);
        }

        void Tell(string what) => Message.Write(string.Create(CultureInfo.InvariantCulture, $"{what}: error {learner.RecentError:F6}, at best {learner.BestError:F6}."));
    }
}
