using NanoRnn;

namespace AirPollution;

/// <summary>
/// Widens bands until four of five values that were not learnt from are in them (conformalized quantile regression, Romano, Patterson and Candès
/// 2019): a network is surer of what it has learnt than of what comes.
/// </summary>
public static class BandCalibration
{
    /// <summary>Share of values that are to be in a band.</summary>
    private static readonly double Share = AirForecaster.Quantiles[^1] - AirForecaster.Quantiles[0];

    /// <summary>Moves both ends of each horizon's band, by biases of the model's last layer, so that its file has it too.</summary>
    /// <param name="trainer">Of the model.</param>
    /// <param name="windows">What it has not learnt from.</param>
    public static void Run(Trainer<AirModel> trainer, SequenceDataset windows)
    {
        var (horizons, quantiles) = (AirForecaster.Horizons.Length, AirForecaster.Quantiles.Length);
        var (changes, truth, outside) = (new float[windows.Count * AirModel.OutputSize], new float[horizons], new float[windows.Count]);
        trainer.Predict(windows, changes);
        var bias = trainer.Model.Weights["dense.bias"];
        for (var horizon = 0; horizon < horizons; horizon++)
        {
            // How far each truth is outside of its band; less than nothing if it is inside.
            var (low, high) = (horizon * quantiles, horizon * quantiles + quantiles - 1);
            for (var i = 0; i < outside.Length; i++)
            {
                windows.CopyTarget(i, truth);
                var band = changes.AsSpan(i * AirModel.OutputSize, AirModel.OutputSize);
                outside[i] = Math.Max(band[low] - truth[horizon], truth[horizon] - band[high]);
            }

            Array.Sort(outside);
            var margin = outside[(int)(Share * outside.Length)];
            (bias[low], bias[high]) = (bias[low] - margin, bias[high] + margin);
        }
    }
}
