using Digits;
using Forecasting;
using NanoRnn;

namespace ReducedPrecision;

/// <summary>Trains the sunspot and the digit model in floats of 32 bits, and compares what they do in fewer.</summary>
public static class PrecisionComparison
{
    public static IReadOnlyList<PrecisionResult> Run(MonthlySeries series, DigitImages images, TextWriter output)
    {
        var split = TimeSplit.Of(series.Count);
        var sunspots = new SunspotModel(seed: 0);
        SunspotTraining.Train(sunspots, series.Values, split, seed: 0, SunspotForecast.Epochs, new ProgressBar(TextWriter.Null));
        var digits = DigitClassification.Train(images.Split().Training, new ProgressBar(TextWriter.Null));
        var test = images.Split().Test.ToDataset();

        // One line for each precision.
        const int Window = SunspotForecaster.Window;
        PrecisionResult[] results =
        [
            Measure("Float32", sunspots.CreateWindowSession(Window), digits, DigitModel.Summary),
            Measure("BFloat16", SunspotBFloat16.From(sunspots.Weights).CreateWindowSession(Window), DigitBFloat16.From(digits.Weights), DigitBFloat16.Summary),
            Measure("Float16", SunspotFloat16.From(sunspots.Weights).CreateWindowSession(Window), DigitFloat16.From(digits.Weights), DigitFloat16.Summary),
            Measure("Int8", SunspotInt8.From(sunspots.Weights).CreateWindowSession(Window), DigitInt8.From(digits.Weights), DigitInt8.Summary),
        ];
        Write(results, output);
        return results;

        PrecisionResult Measure(
            string precision, WindowSession<float> sunspotSession, ISequencePredictor<float> digitModel, ModelSummary digitSummary)
        {
            var forecast = new SunspotForecaster(sunspotSession).PredictEach(series.Values, split.TestStart);
            return new PrecisionResult(
                precision,
                digitSummary.Layers.Sum(layer => layer.WeightBytes),
                ForecastError.Of(forecast, series.Values[split.TestStart..]),
                new ConfusionTable(digitModel, test).Right,
                test.Count,
                CrossEntropy(digitModel, test));
        }
    }

    private static double CrossEntropy(ISequencePredictor<float> model, SequenceDataset images)
    {
        Span<float> probabilities = stackalloc float[DigitModel.OutputSize];
        var sum = 0.0;
        for (var i = 0; i < images.Count; i++)
        {
            model.Predict(images.GetInput(i), probabilities);
            sum -= Math.Log(probabilities[images.GetTargetTokens(i)[0]]);
        }

        return sum / images.Count;
    }

    private static void Write(PrecisionResult[] results, TextWriter output)
    {
        output.WriteLine("           sunspots, one month ahead     digits, unseen images");
        output.WriteLine("precision      RMSE               MAE     right  cross-entropy          bytes");
        var reference = results[0];
        foreach (var result in results)
        {
            output.WriteLine(
                $"{result.Precision,-10}{result.Sunspots.Rmse,9:F4} {Change(result.Sunspots.Rmse, reference.Sunspots.Rmse),9}{result.Sunspots.Mae,9:F4}"
                + $"{result.RightDigits,6} / {result.ImageCount}{result.CrossEntropy,9:F5} {Change(result.CrossEntropy, reference.CrossEntropy),9}{result.WeightBytes,9:N0}");
        }

        static string Change(double value, double reference) => value == reference ? "" : $"{Math.Round(100 * (value / reference - 1), 3):+0.000;-0.000;0.000} %";
    }
}
