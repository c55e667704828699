namespace NanoRnn.Training.Tests.Metrics;

/// <summary>
/// Keras's formulas (keras/src/metrics) once more, in double precision over whole arrays: an output, a target for each of its numbers, and
/// a weight for each position.
/// </summary>
internal static class KerasMetrics
{
    private const double Epsilon = 1e-7;

    public static double BinaryAccuracy(double[][] y, double[][] t, double[] w, double threshold) =>
        Mean(y, t, w, (a, b) => (a > threshold ? 1 : 0) == b ? 1 : 0);

    public static double CategoricalAccuracy(double[][] y, double[][] t, double[] w) =>
        WeightedMean(w, i => ArgMax(y[i]) == ArgMax(t[i]) ? 1 : 0);

    public static double TopKCategoricalAccuracy(double[][] y, double[][] t, double[] w, int k) =>
        WeightedMean(w, i => y[i].Count(other => other > y[i][ArgMax(t[i])]) < k ? 1 : 0);

    public static double MeanAbsoluteError(double[][] y, double[][] t, double[] w) => Mean(y, t, w, (a, b) => Math.Abs(a - b));

    public static double MeanSquaredError(double[][] y, double[][] t, double[] w) => Mean(y, t, w, (a, b) => Math.Pow(a - b, 2));

    public static double RootMeanSquaredError(double[][] y, double[][] t, double[] w) => Math.Sqrt(MeanSquaredError(y, t, w));

    public static double MeanAbsolutePercentageError(double[][] y, double[][] t, double[] w) =>
        100 * Mean(y, t, w, (a, b) => Math.Abs((b - a) / Math.Max(Math.Abs(b), Epsilon)));

    public static double R2Score(double[][] y, double[][] t, double[] w)
    {
        var scores = Enumerable.Range(0, y[0].Length).Select(j =>
        {
            var mean = Enumerable.Range(0, w.Length).Sum(i => w[i] * t[i][j]) / w.Sum();
            var total = Enumerable.Range(0, w.Length).Sum(i => w[i] * Math.Pow(t[i][j] - mean, 2));
            return 1 - (Enumerable.Range(0, w.Length).Sum(i => w[i] * Math.Pow(y[i][j] - t[i][j], 2)) / total);
        });
        return scores.Average();
    }

    public static double Perplexity(double[][] y, double[][] t, double[] w) => Math.Exp(WeightedMean(
        w, i => -Enumerable.Range(0, y[i].Length).Sum(j => t[i][j] * Math.Log(Math.Clamp(y[i][j] / y[i].Sum(), Epsilon, 1 - Epsilon)))));

    public static double Precision(double[][] y, double[][] t, double[] w, double threshold, int? topK, int? classId)
    {
        var (truePositives, falsePositives, _) = Count(y, t, w, threshold, topK, classId);
        return truePositives + falsePositives == 0 ? 0 : truePositives / (truePositives + falsePositives);
    }

    public static double Recall(double[][] y, double[][] t, double[] w, double threshold, int? topK, int? classId)
    {
        var (truePositives, _, falseNegatives) = Count(y, t, w, threshold, topK, classId);
        return truePositives + falseNegatives == 0 ? 0 : truePositives / (truePositives + falseNegatives);
    }

    public static double F1Score(double[][] y, double[][] t, double[] w, F1Average average, double? threshold)
    {
        double[][] called = [.. y.Select(row => row.Select(a =>
            threshold is { } bound ? (a > bound ? 1.0 : 0) : a == row.Max() && Math.Abs(a) > 1e-9 ? 1.0 : 0).ToArray())];
        int[] outputs = [.. Enumerable.Range(0, y[0].Length)];
        double[] truePositives = [.. outputs.Select(j => Sum((c, b) => c * b, j))];
        double[] falsePositives = [.. outputs.Select(j => Sum((c, b) => c * (1 - b), j))];
        double[] falseNegatives = [.. outputs.Select(j => Sum((c, b) => (1 - c) * b, j))];
        if (average == F1Average.Micro)
            return Score(truePositives.Sum(), falsePositives.Sum(), falseNegatives.Sum());
        double[] scores = [.. outputs.Select(j => Score(truePositives[j], falsePositives[j], falseNegatives[j]))];
        double[] support = [.. outputs.Select(j => Sum((_, b) => b, j))];
        return average == F1Average.Macro ? scores.Average() : outputs.Sum(j => scores[j] * support[j] / (support.Sum() + Epsilon));

        double Sum(Func<double, double, double> term, int j) => Enumerable.Range(0, w.Length).Sum(i => w[i] * term(called[i][j], t[i][j]));

        static double Score(double truePositives, double falsePositives, double falseNegatives)
        {
            var precision = truePositives / (truePositives + falsePositives + Epsilon);
            var recall = truePositives / (truePositives + falseNegatives + Epsilon);
            return 2 * precision * recall / (precision + recall + Epsilon);
        }
    }

    public static double Auc(double[][] y, double[][] t, double[] w, AucCurve curve, int count)
    {
        double[] thresholds = [-Epsilon, .. Enumerable.Range(1, count - 2).Select(i => (float)(i / (count - 1.0))), 1 + Epsilon];
        var n = thresholds.Length;
        var (tp, fp, tn, fn) = (new double[n], new double[n], new double[n], new double[n]);
        for (var k = 0; k < n; k++)
            for (var i = 0; i < w.Length; i++)
                for (var j = 0; j < y[i].Length; j++)
                {
                    var isCalled = y[i][j] > thresholds[k];
                    (isCalled ? tp : fn)[k] += w[i] * t[i][j];
                    (isCalled ? fp : tn)[k] += w[i] * (1 - t[i][j]);
                }

        var area = 0.0;
        for (var k = 0; k < n - 1; k++)
        {
            if (curve == AucCurve.Roc)
            {
                var (x, nextX) = (Quotient(fp[k], fp[k] + tn[k]), Quotient(fp[k + 1], fp[k + 1] + tn[k + 1]));
                area += (x - nextX) * (Quotient(tp[k], tp[k] + fn[k]) + Quotient(tp[k + 1], tp[k + 1] + fn[k + 1])) / 2;
                continue;
            }

            var (p, nextP) = (tp[k] + fp[k], tp[k + 1] + fp[k + 1]);
            var slope = Quotient(tp[k] - tp[k + 1], Math.Max(p - nextP, 0));
            var intercept = tp[k + 1] - (slope * nextP);
            var ratio = p > 0 && nextP > 0 ? p / nextP : 1;
            area += Quotient(slope * (tp[k] - tp[k + 1] + (intercept * Math.Log(ratio))), tp[k + 1] + fn[k + 1]);
        }

        return area;

        static double Quotient(double a, double b) => b == 0 ? 0 : a / b;
    }

    public static int ArgMax(double[] values) => Array.IndexOf(values, values.Max());

    private static (double TruePositives, double FalsePositives, double FalseNegatives) Count(
        double[][] y, double[][] t, double[] w, double threshold, int? topK, int? classId)
    {
        var (truePositives, falsePositives, falseNegatives) = (0.0, 0.0, 0.0);
        for (var i = 0; i < w.Length; i++)
        {
            int[] top = [.. Enumerable.Range(0, y[i].Length).OrderByDescending(j => y[i][j]).Take(topK ?? y[i].Length)];
            for (var j = classId ?? 0; j <= (classId ?? y[i].Length - 1); j++)
            {
                var isCalled = y[i][j] > threshold && top.Contains(j);
                if (isCalled && t[i][j] != 0)
                    truePositives += w[i];
                else if (isCalled)
                    falsePositives += w[i];
                else if (t[i][j] != 0)
                    falseNegatives += w[i];
            }
        }

        return (truePositives, falsePositives, falseNegatives);
    }

    private static double Mean(double[][] y, double[][] t, double[] w, Func<double, double, double> term) =>
        WeightedMean(w, i => y[i].Zip(t[i], term).Average());

    private static double WeightedMean(double[] w, Func<int, double> term) => Enumerable.Range(0, w.Length).Sum(i => w[i] * term(i)) / w.Sum();
}
