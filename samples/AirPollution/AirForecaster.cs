using NanoRnn;

namespace AirPollution;

/// <summary>From the hours of a series to samples for the model, and from its outputs to forecasts in µg/m³.</summary>
public static class AirForecaster
{
    /// <summary>Hours that a forecast looks back.</summary>
    public const int Window = 24;

    /// <summary>Hours that forecasts look ahead.</summary>
    public static readonly int[] Horizons = [1, 6, 24];

    /// <summary>Of a <see cref="Band"/>: its lower end, its middle and its upper end.</summary>
    public static readonly double[] Quantiles = [0.1, 0.5, 0.9];

    /// <summary>Windows of some hours, with the changes that follow; those in which something was not measured are left out.</summary>
    /// <param name="series">The hours.</param>
    /// <param name="start">The first hour that may be used.</param>
    /// <param name="end">The hour behind the last one that may be used, be it as a target.</param>
    public static SequenceDataset CreateDataset(AirSeries series, int start, int end)
    {
        var changes = new float[series.Count * Horizons.Length];
        for (var i = 0; i < changes.Length; i++)
        {
            var (hour, column) = int.DivRem(i, Horizons.Length);
            var later = hour + Horizons[column];
            changes[i] = later < end ? (float)Math.Log((1.0 + series.DustAt(later)) / (1.0 + series.DustAt(hour))) : float.NaN;
        }

        return SequenceDataset.FromWindows(series.Rows, changes, new WindowOptions
        {
            SequenceLength = Window, Columns = AirSeries.Columns, Offset = 0, SkipMissing = true, StartIndex = start, EndIndex = end,
        });
    }

    /// <summary>Forecasts as a program makes them to which measurements come hour by hour: whenever it has a whole day of them.</summary>
    public static List<Forecast> Predict(AirModel model, AirSeries series, int start, int end)
    {
        var forecasts = new List<Forecast>();
        using var session = model.CreateWindowSession(Window);
        var changes = new float[AirModel.OutputSize];
        for (var hour = start - Window + 1; hour < end; hour++)
        {
            var dust = series.DustAt(hour);
            if (float.IsNaN(dust))
                session.Reset();
            else if (session.Step(series.RowAt(hour), changes))
                forecasts.Add(new(hour, [.. changes.Chunk(Quantiles.Length).Select(quantiles => Band.Of(dust, quantiles))]));
        }

        return forecasts;
    }
}
