namespace NanoRnn.Training.Tests.Ctc;

/// <summary>Connectionist temporal classification by its definition: all alignments, one by one, in double precision.</summary>
internal static class Alignments
{
    /// <summary>Minus the logarithm of the probability of a sequence of labels.</summary>
    public static double Loss(double[] logits, int classes, int[] labels) =>
        -Math.Log(All(logits, classes).Where(pair => pair.Labels.SequenceEqual(labels)).Sum(pair => pair.Probability));

    /// <summary>The most probable labels, and their probability.</summary>
    public static (int[] Labels, double Probability) Best(double[] logits, int classes) =>
        All(logits, classes).GroupBy(pair => string.Join(' ', pair.Labels))
            .Select(group => (group.First().Labels, Probability: group.Sum(pair => pair.Probability)))
            .MaxBy(pair => pair.Probability);

    private static IEnumerable<(int[] Labels, double Probability)> All(double[] logits, int classes)
    {
        var steps = logits.Length / classes;
        var path = new int[steps];
        for (var number = 0; number < Math.Pow(classes, steps); number++)
        {
            var (rest, probability) = (number, 1.0);
            for (var step = 0; step < steps; step++, rest /= classes)
            {
                path[step] = rest % classes;
                var row = logits.AsSpan(step * classes, classes).ToArray();
                probability *= Math.Exp(row[path[step]]) / row.Sum(Math.Exp);
            }

            yield return (Collapse(path), probability);
        }
    }

    private static int[] Collapse(int[] path) => [.. path.Where((label, step) => label != 0 && (step == 0 || path[step - 1] != label))];
}
