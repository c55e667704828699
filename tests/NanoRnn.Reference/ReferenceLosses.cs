namespace NanoRnn.Reference;

/// <summary>The losses that the reference knows.</summary>
public enum ReferenceLoss
{
    MeanSquaredError,
    MeanAbsoluteError,
    Huber,
    BinaryCrossentropy,
    CategoricalCrossentropy,
    SparseCategoricalCrossentropy,
}

/// <summary>Keras's losses in double precision: a mean over batch, time and, except for classes, features.</summary>
internal static class ReferenceLosses
{
    /// <summary>Keras clips probabilities to 1e-7 … 1 − 1e-7 in single precision, where the latter is 1 − 2⁻²³.</summary>
    private const double SmallestProbability = 1e-7f;
    private const double LargestProbability = 1 - 1.0 / (1 << 23);
    private const double HuberDelta = 1;

    /// <summary>The loss of outputs whose positions have <paramref name="features"/> each; of those that count.</summary>
    public static double Compute(
        ReferenceLoss loss, ReferenceOutputs outputs, float[] targets, int features, FunctionProbe? probe = null)
    {
        var (sum, count) = (0.0, 0);
        for (var position = 0; position < outputs.Valid.Length; position++)
        {
            if (!outputs.Valid[position])
                continue;

            sum += AtPosition(loss, outputs.Values, targets, features, position, probe);
            count++;
        }

        return count == 0 ? 0 : sum / count;
    }

    private static double AtPosition(
        ReferenceLoss loss, double[] outputs, float[] targets, int features, int position, FunctionProbe? probe)
    {
        var (first, sum) = (position * features, 0.0);
        switch (loss)
        {
            case ReferenceLoss.SparseCategoricalCrossentropy:
                return -Math.Log(Clip(ShareOf(outputs, features, first + (int)targets[position]), probe));

            case ReferenceLoss.CategoricalCrossentropy:
                for (var i = first; i < first + features; i++)
                    sum -= targets[i] * Math.Log(Clip(ShareOf(outputs, features, i), probe));
                return sum;

            default:
                for (var i = first; i < first + features; i++)
                    sum += Elementwise(loss, outputs[i], targets[i], probe);
                return sum / features;
        }
    }

    /// <summary>An output over the sum of its row, as Keras scales what may not be a softmax.</summary>
    private static double ShareOf(double[] outputs, int features, int index) =>
        outputs[index] / outputs.Skip(index / features * features).Take(features).Sum();

    private static double Elementwise(ReferenceLoss loss, double y, double target, FunctionProbe? probe)
    {
        var error = y - target;
        switch (loss)
        {
            case ReferenceLoss.MeanSquaredError:
                return error * error;

            case ReferenceLoss.MeanAbsoluteError:
                probe?.Note(error > 0);
                return Math.Abs(error);

            case ReferenceLoss.Huber:
                return Math.Abs(error) <= HuberDelta
                    ? 0.5 * error * error
                    : HuberDelta * Math.Abs(error) - 0.5 * HuberDelta * HuberDelta;

            case ReferenceLoss.BinaryCrossentropy:
                var p = Clip(y, probe);
                return -(target * Math.Log(p) + (1 - target) * Math.Log(1 - p));

            default:
                throw new ArgumentOutOfRangeException(nameof(loss), loss, "Not an elementwise loss.");
        }
    }

    private static double Clip(double p, FunctionProbe? probe)
    {
        probe?.Note(p > SmallestProbability);
        probe?.Note(p < LargestProbability);
        return Math.Clamp(p, SmallestProbability, LargestProbability);
    }
}
