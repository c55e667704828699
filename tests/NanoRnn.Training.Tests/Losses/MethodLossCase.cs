namespace NanoRnn.Training.Tests.Losses;

/// <summary>Losses that are methods, and the same formulas in double precision.</summary>
internal sealed record MethodLossCase(Loss Loss, Func<double, double, double> Formula)
{
    private static readonly Dictionary<string, MethodLossCase> All = new()
    {
        ["Squared"] = new(OwnLosses.Losses.Squared, (y, t) => Math.Pow(y - t, 2)),
        ["Asymmetric"] = new(OwnLosses.Losses.Asymmetric, (y, t) => y < t ? 3 * (t - y) : y - t),
        ["Pinball"] = new(OwnLosses.Losses.Pinball, (y, t) => t > y ? 0.9 * (t - y) : 0.1 * (y - t)),
        ["LogCosh"] = new(OwnLosses.Losses.LogCosh, (y, t) => Math.Log(Math.Cosh(y - t))),
        ["Relative"] = new(OwnLosses.Losses.Relative, (y, t) => Math.Pow(y / t - 1, 2)),
        ["Counts"] = new(OwnLosses.Losses.Counts, (y, t) => Math.Exp(y) - t * y),
        ["Charbonnier"] = new(OwnLosses.Losses.Charbonnier, (y, t) => Math.Sqrt(Math.Pow(y - t, 2) + 0.01)),
        ["Power"] = new(OwnLosses.Losses.Power, (y, t) => Math.Pow(Math.Abs(y - t), 1.5)),
        ["Margin"] = new(OwnLosses.Losses.Margin, (y, t) =>
        {
            var missing = Math.Pow(Math.Max(1 - Math.CopySign(1, t) * y, 0), 2);
            return missing is 0 or > 4 ? missing : 2 * missing - t / 4;
        }),
    };

    public static IEnumerable<string> Keys => All.Keys;

    public static MethodLossCase Get(string name) => All[name];

    /// <summary>Outputs, and targets that are not near zero, which one of the losses divides by.</summary>
    public static (float[] Outputs, float[] Targets) CreateData(int length)
    {
        var random = new RandomGenerator(17);
        var (outputs, targets) = (new float[length], new float[length]);
        for (var i = 0; i < length; i++)
        {
            outputs[i] = random.NextUniform(-2, 3);
            targets[i] = random.NextInt(2) == 0 ? random.NextUniform(-2, -0.5f) : random.NextUniform(0.5f, 3);
        }

        return (outputs, targets);
    }
}
