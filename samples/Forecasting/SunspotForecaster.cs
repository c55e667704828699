using NanoRnn;

namespace Forecasting;

/// <summary>Forecasts from the last months, as the model was trained to see them.</summary>
/// <param name="session">Of the model, over <see cref="Window"/> months.</param>
public sealed class SunspotForecaster(WindowSession<float> session)
{
    /// <summary>Months that the model looks back: one solar cycle of about eleven years.</summary>
    public const int Window = 132;

    /// <summary>Every month from <paramref name="start"/> to the end of the series, each from the true months before it.</summary>
    public float[] PredictEach(ReadOnlySpan<float> series, int start)
    {
        Begin(series[..(start - 1)]);
        var forecast = new float[series.Length - start];
        for (var i = 0; i < forecast.Length; i++)
            forecast[i] = PredictNext(series[start + i - 1]);
        return forecast;
    }

    /// <summary>The months after some history, each from the forecasts before it.</summary>
    public float[] RunFreely(ReadOnlySpan<float> history, int months)
    {
        Begin(history[..^1]);
        var forecast = new float[months];
        for (var i = 0; i < months; i++)
            forecast[i] = PredictNext(i == 0 ? history[^1] : forecast[i - 1]);
        return forecast;
    }

    /// <summary>Fills the window, but for its last month.</summary>
    private void Begin(ReadOnlySpan<float> history)
    {
        session.Reset();
        session.Push(history[^(Window - 1)..]);
    }

    /// <summary>The month after one, given those before that have come already.</summary>
    private float PredictNext(float value)
    {
        Span<float> change = stackalloc float[SunspotModel.OutputSize];
        session.Step([value], change);
        return Math.Max(0, value + change[0]);
    }
}
