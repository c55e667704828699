using NanoRnn;

namespace Forecasting;

/// <summary>Forecasts in sunspots: the model with the scaling that it was trained with.</summary>
public sealed class SunspotForecaster(ISequencePredictor<float> model, Standardization scaling)
{
    /// <summary>Months that the model looks back: one solar cycle of about eleven years.</summary>
    public const int Window = 132;

    /// <summary>The month after some history, of which the last <see cref="Window"/> months count.</summary>
    public float PredictNext(ReadOnlySpan<float> history)
    {
        Span<float> window = stackalloc float[Window];
        history = history[^Window..];
        for (var i = 0; i < Window; i++)
            window[i] = scaling.Scale(history[i]);

        Span<float> change = stackalloc float[SunspotModel.OutputSize];
        model.Predict(window, change);
        return Math.Max(0, history[^1] + scaling.UnscaleChange(change[0]));
    }

    /// <summary>Every month from <paramref name="start"/> to the end of the series, each from the true months before it.</summary>
    public float[] PredictEach(ReadOnlySpan<float> series, int start)
    {
        var forecast = new float[series.Length - start];
        for (var i = 0; i < forecast.Length; i++)
            forecast[i] = PredictNext(series[..(start + i)]);
        return forecast;
    }

    /// <summary>The months after some history, each from the forecasts before it.</summary>
    public float[] RunFreely(ReadOnlySpan<float> history, int months)
    {
        float[] values = [.. history[^Window..], .. new float[months]];
        for (var i = Window; i < values.Length; i++)
            values[i] = PredictNext(values.AsSpan(0, i));
        return values[Window..];
    }
}
