using System.Runtime.InteropServices;
using NanoRnn.CompilerServices;
using NanoRnn.Numerics;

namespace NanoRnn;

/// <summary><see cref="Loss.Ctc"/>.</summary>
/// <remarks>
/// A state of an alignment is a label, or the blank before or behind one: state 2i + 1 is label i. A path goes from a state to itself, the
/// next one, or past a blank to another label. All sums are of logarithms.
/// </remarks>
internal sealed class CtcLoss() : Loss("Ctc")
{
    public static readonly CtcLoss Instance = new();

    /// <summary>What is given at a step that is no label.</summary>
    internal const int Blank = 0;

    internal override bool HasClasses => true;

    internal override bool IsOfSequences => true;

    internal override int TargetsPerPosition(int outputSize) => 1;

    internal override long CountTerms(int positions, int outputSize) => 1;

    internal override string? FindMismatch(ModelLayout layout) =>
        layout is not { ReturnsSequences: true, OutputSteps: 0, Decoder: null, OutputIsReversed: false }
            ? $"{Name} needs an output for each step of the input, in their order; end {layout.ModelName} with a layer that returns sequences."
        : layout.MaskValue is not null
            ? $"{Name} takes the lengths of sequences; {layout.ModelName} masks steps by a value."
        : NeedsClasses(Name, layout) ?? NeedsLogits(Name, nameof(CategoricalCrossentropy), layout);

    internal override long ScratchLength(int timeSteps, int labels) =>
        sizeof(double) / sizeof(float) * (timeSteps + (timeSteps + 2L) * CountStates(labels));

    internal override string? FindMistake(ReadOnlySpan<float> labels, int classes, int steps)
    {
        var count = Count(labels);
        var repeated = 0;
        for (var i = 0; i < labels.Length; i++)
        {
            if (!SparseLoss.IsClass(labels[i], classes))
                return FormattableString.Invariant($"has the label {labels[i]} at {i}; expected a whole number from 1 to {classes - 1}, or 0 behind the labels");
            if (i >= count && labels[i] != Blank)
                return FormattableString.Invariant($"has the label {labels[i]} at {i} behind a 0, which is the blank and ends the labels");
            repeated += i > 0 && i < count && labels[i] == labels[i - 1] ? 1 : 0;
        }

        return count + repeated <= steps
            ? null
            : $"has {count} labels, {repeated} of them as the one before, and needs {count + repeated} steps; there are {steps}";
    }

    internal override double SumAndGradient(
        ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, int outputSize, Span<float> gradients, bool isFused) =>
        SumAndGradient(outputs, targets, outputSize, gradients, new float[ScratchLength(outputs.Length / outputSize, targets.Length)]);

    internal override double SumAndGradient(
        ReadOnlySpan<float> outputs, ReadOnlySpan<float> labels, int outputSize, Span<float> gradients, Span<float> scratch)
    {
        labels = labels[..Count(labels)];
        var (steps, states) = (outputs.Length / outputSize, CountStates(labels.Length));
        var memory = MemoryMarshal.Cast<float, double>(scratch);
        var totals = memory[..steps];
        var forward = memory.Slice(steps, steps * states);
        for (var step = 0; step < steps; step++)
        {
            var gradient = gradients.IsEmpty ? default : gradients.Slice(step * outputSize, outputSize);
            totals[step] = Softmax.LogTotal(outputs.Slice(step * outputSize, outputSize), gradient);
        }

        FillForward(outputs, labels, outputSize, totals, forward);
        var last = forward[^states..];
        var total = states == 1 ? last[0] : DeterministicMath.AddLogs(last[^1], last[^2]);
        if (!gradients.IsEmpty)
            FillGradient(outputs, labels, outputSize, totals, forward, total, memory.Slice(steps + steps * states, 2 * states), gradients);
        return -total;
    }

    /// <summary>For each step and state the probability of the outputs up to there, that step included, along all paths to it.</summary>
    private static void FillForward(
        ReadOnlySpan<float> outputs, ReadOnlySpan<float> labels, int outputSize, ReadOnlySpan<double> totals, Span<double> forward)
    {
        var states = CountStates(labels.Length);
        for (var step = 0; step < totals.Length; step++)
        {
            var now = forward.Slice(step * states, states);
            var before = step == 0 ? default : forward.Slice((step - 1) * states, states);
            for (var state = 0; state < states; state++)
            {
                var log = step == 0 ? (state <= 1 ? 0 : double.NegativeInfinity) : Arriving(before, labels, state);
                now[state] = log + outputs[step * outputSize + ClassOf(labels, state)] - totals[step];
            }
        }
    }

    /// <summary>The gradient of a step is its probabilities, less those that the paths give its classes.</summary>
    private static void FillGradient(
        ReadOnlySpan<float> outputs, ReadOnlySpan<float> labels, int outputSize, ReadOnlySpan<double> totals, ReadOnlySpan<double> forward,
        double total, Span<double> rows, Span<float> gradients)
    {
        // The probability of the outputs behind a step, along all paths from a state to an end.
        var states = CountStates(labels.Length);
        var backward = rows[..states];
        var behind = rows[states..];
        for (var step = totals.Length - 1; step >= 0; step--)
        {
            for (var state = 0; state < states; state++)
            {
                backward[state] = step == totals.Length - 1
                    ? (state >= states - 2 ? 0 : double.NegativeInfinity)
                    : Leaving(behind, labels, state);
                var share = DeterministicMath.Exp(forward[step * states + state] + backward[state] - total);
                gradients[step * outputSize + ClassOf(labels, state)] -= (float)share;
            }

            for (var state = 0; state < states; state++)
                behind[state] = backward[state] + outputs[step * outputSize + ClassOf(labels, state)] - totals[step];
        }
    }

    private static double Arriving(ReadOnlySpan<double> before, ReadOnlySpan<float> labels, int state)
    {
        var log = state == 0 ? before[0] : DeterministicMath.AddLogs(before[state], before[state - 1]);
        return CanSkipTo(labels, state) ? DeterministicMath.AddLogs(log, before[state - 2]) : log;
    }

    private static double Leaving(ReadOnlySpan<double> behind, ReadOnlySpan<float> labels, int state)
    {
        var log = state == behind.Length - 1 ? behind[state] : DeterministicMath.AddLogs(behind[state], behind[state + 1]);
        return state + 2 < behind.Length && CanSkipTo(labels, state + 2) ? DeterministicMath.AddLogs(log, behind[state + 2]) : log;
    }

    /// <summary>Between equal labels there must be a blank.</summary>
    private static bool CanSkipTo(ReadOnlySpan<float> labels, int state) =>
        state % 2 == 1 && state >= 3 && labels[state / 2] != labels[state / 2 - 1];

    private static int ClassOf(ReadOnlySpan<float> labels, int state) => state % 2 == 0 ? Blank : (int)labels[state / 2];

    private static int CountStates(int labels) => 2 * labels + 1;

    /// <summary>The labels before the first blank.</summary>
    private static int Count(ReadOnlySpan<float> labels)
    {
        var end = labels.IndexOf(Blank);
        return end < 0 ? labels.Length : end;
    }
}
