using System.Xml.Linq;
using Forecasting;

namespace NanoRnn.Samples.Tests;

public class ForecastingTests(ForecastRun run) : IClassFixture<ForecastRun>
{
    private readonly ForecastResult _result = run.Result;

    [Fact]
    public void BeatsPersistenceClearly()
    {
        var errors = _result.OneStepErrors;
        Assert.Equal(run.Series.Count - _result.Split.TestStart, _result.OneStep.Length);
        Assert.InRange(errors.Model.Rmse, 0, 0.95 * errors.Persistence.Rmse);
        Assert.InRange(errors.Model.Mae, 0, 0.95 * errors.Persistence.Mae);
        Assert.InRange(errors.Model.Rmse, 0, 0.5 * errors.SeasonalNaive.Rmse);
    }

    [Fact]
    public void BaselinesAreWhatTheySay()
    {
        var values = run.Series.Values;
        var start = _result.Split.TestStart;
        var (persistence, seasonal) = (0.0, 0.0);
        for (var i = start; i < values.Length; i++)
        {
            persistence += Math.Pow((double)values[i] - values[i - 1], 2);
            seasonal += Math.Pow((double)values[i] - values[i - 132], 2);
        }

        Assert.Equal(Math.Sqrt(persistence / (values.Length - start)), _result.OneStepErrors.Persistence.Rmse, 1e-9);
        Assert.Equal(Math.Sqrt(seasonal / (values.Length - start)), _result.OneStepErrors.SeasonalNaive.Rmse, 1e-9);
    }

    [Fact]
    public void KnowsNothingOfTheTestPart()
    {
        var split = _result.Split;
        var values = run.Series.Values;
        Assert.Equal(0.8 * values.Length, split.TestStart, 1.0);

        // With another test part, however wild, everything up to it is the same.
        var other = values.ToArray();
        other.AsSpan(split.TestStart).Fill(1e6f);
        Assert.Equal(Train(values), Train(other));

        float[] Train(ReadOnlySpan<float> series)
        {
            var model = new SunspotModel(seed: 0);
            SunspotTraining.Train(model, series, split, seed: 0, epochs: 2, new ProgressBar(TextWriter.Null));
            return [.. model.Weights.SelectMany(tensor => tensor.ToArray())];
        }
    }

    [Fact]
    public void WrittenModelPredictsTheSame()
    {
        var loaded = new SunspotForecaster(SunspotModel.Load(_result.ModelPath).CreateWindowSession(SunspotForecaster.Window));
        Assert.Equal(_result.OneStep, loaded.PredictEach(run.Series.Values, _result.Split.TestStart));
    }

    [Fact]
    public void FreeRunFeedsForecastsBack()
    {
        var history = run.Series.Values[.._result.Split.TestStart].ToArray();
        var forecast = _result.Forecaster.RunFreely(history, months: 132);
        Assert.Equal(132, forecast.Length);
        Assert.Equal(_result.OneStep[0], forecast[0]);
        Assert.Equal(_result.Forecaster.RunFreely([.. history, .. forecast[..131]], months: 1)[0], forecast[131]);

        // It neither dies out nor explodes.
        Assert.All(forecast, value => Assert.InRange(value, 0, 300));
        Assert.InRange(forecast.Max() - forecast.Min(), 30, 300);
    }

    [Fact]
    public void PrintsSummaryProgressAndErrors()
    {
        Assert.Contains("Total params: 4,389", run.Text, StringComparison.Ordinal);
        Assert.Contains("Epoch 30/30 [====================]", run.Text, StringComparison.Ordinal);
        Assert.Contains("below persistence", run.Text, StringComparison.Ordinal);
        Assert.Contains($"{_result.OneStepErrors.Model.Rmse:F2}", run.Text, StringComparison.Ordinal);
        Assert.Equal(30, _result.History.Epochs);
        Assert.Equal(30, _result.History.ValidationLoss.Count);
    }

    [Fact]
    public void PlotsAreWellFormedAndComplete()
    {
        // Truth with ten years before the test part, one-step, two free runs; training and validation loss. Without fonts there are no texts,
        // but outlines of what there is instead, so that a curve is what has that many points.
        var test = _result.OneStep.Length;
        AssertCurves(_result.PlotPath, [120 + test, test, 132, 132]);
        AssertCurves(_result.LossPlotPath, [30, 30]);

        static void AssertCurves(string path, int[] expected)
        {
            var svg = XDocument.Parse(File.ReadAllText(path));
            XNamespace ns = "http://www.w3.org/2000/svg";
            Assert.Equal(ns + "svg", svg.Root!.Name);
            Assert.DoesNotContain("NaN", svg.ToString(), StringComparison.Ordinal);
            var points = svg.Descendants(ns + "path").Select(line => line.Attribute("d")!.Value).Where(line => line.LastIndexOf('M') == 0)
                .Select(line => line.Count(c => c == 'L') + 1).ToList();
            foreach (var count in expected)
                Assert.True(points.Remove(count), $"{path} has no curve of {count} points left.");
        }
    }
}
