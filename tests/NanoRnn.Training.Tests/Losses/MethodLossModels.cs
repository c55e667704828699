namespace NanoRnn.Training.Tests.Losses;

/// <summary>Losses that are methods, of all that a method may contain.</summary>
[RnnModel(InputSize = 2, TimeSteps = 5, BatchSize = 4)]
[SimpleRnn(4)]
[Dense(4)]
[Loss(nameof(Squared))]
[Loss(nameof(Asymmetric))]
[Loss(nameof(Pinball))]
[Loss(nameof(LogCosh))]
[Loss(nameof(Relative))]
[Loss(nameof(Counts))]
[Loss(nameof(Charbonnier))]
[Loss(nameof(Power))]
[Loss(nameof(Margin))]
internal sealed partial class OwnLosses : CommonLosses
{
    public static float Squared(float prediction, float target) => (prediction - target) * (prediction - target);

    public static float Asymmetric(float prediction, float target) =>
        prediction < target ? 3 * (target - prediction) : prediction - target;

    private static float LogCosh(float y, float t) => MathF.Log(MathF.Cosh(y - t));

    /// <summary>No number where both are zero.</summary>
    private static float Relative(float prediction, float target)
    {
        var error = (prediction - target) / target;
        return error * error;
    }

    private static float Counts(float prediction, float target) => MathF.Exp(prediction) - target * prediction;

    /// <summary>Not zero where both are.</summary>
    private static float Charbonnier(float prediction, float target) => MathF.Sqrt(Squared(prediction, target) + 0.01f);

    private static float Power(float prediction, float target) => MathF.Pow(MathF.Abs(prediction - target), 1.5f);

    private static float Margin(float prediction, float target)
    {
        var sign = target > 0 ? 1 : -1f;
        var missing = 1 - sign * prediction;
        if (missing <= 0)
            return 0;
        missing *= missing;
        return target == 0 || missing > 4 ? missing : 2 * missing - 0.25f * target;
    }
}

/// <summary>Losses of several models.</summary>
internal class CommonLosses
{
    protected static float Pinball(float prediction, float target) =>
        MathF.Max(0.9f * (target - prediction), -0.1f * (target - prediction));
}

/// <summary>A model that only predicts can be measured.</summary>
[RnnModel(LayersOf = typeof(OwnLosses), Precision = Precision.BFloat16)]
[Loss(nameof(Pinball))]
internal sealed partial class ReducedOwnLosses : CommonLosses;

/// <summary>Three numbers at every step that is not zero; it has no loss of its own.</summary>
[RnnModel(InputSize = 2, TimeSteps = 5, BatchSize = 4)]
[Masking]
[SimpleRnn(4, ReturnSequences = true)]
[Dense(3)]
internal sealed partial class MaskedTagger;
