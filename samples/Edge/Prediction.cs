namespace Edge;

/// <summary>For every number that comes in a forecast of the next one.</summary>
internal static class Prediction
{
    /// <summary>Goes on to the end of the input, with the state carried along. Allocates nothing for a number.</summary>
    /// <param name="model">The network.</param>
    /// <param name="tellStatistics">Whether to tell at the end what was allocated.</param>
    public static void Run(Forecaster model, bool tellStatistics)
    {
        using var session = model.CreateSession();
        var (input, output) = (new NumberReader(), new LineWriter());
        Span<float> x = stackalloc float[Forecaster.InputSize];
        Span<float> y = stackalloc float[Forecaster.OutputSize];
        var statistics = new Statistics();
        while (true)
        {
            // Whoever gives one number at a time gets its forecast before giving the next.
            if (!input.HasLine)
                output.Flush();
            if (!input.TryRead(out var value))
                break;
            x[0] = Scaling.ToInput(value);
            session.Step(x, y);
            output.WriteLine(Scaling.ToForecast(value, y[0]));
            statistics.Count();
        }

        output.Flush();
        if (tellStatistics)
            Message.Write(statistics.ToString());
    }
}
