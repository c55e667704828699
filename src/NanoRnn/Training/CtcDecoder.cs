using NanoRnn.Numerics;

namespace NanoRnn;

/// <summary>
/// Reads labels from the outputs of a model that was trained with <see cref="Loss.Ctc"/>: of what the steps say, repetitions count once, and
/// blanks, class 0, not at all. A decoder keeps the most probable prefixes of labels from step to step, each with the sum of all its
/// alignments (Graves and Jaitly 2014). It allocates nothing after construction, and is for one thread at a time.
/// </summary>
public sealed class CtcDecoder
{
    private const int Root = 0;
    private const int None = -1;

    private readonly int _classes;
    private readonly int _maxSteps;
    private readonly Beam[] _beams;
    private readonly Beam[] _candidates;

    /// <summary>All prefixes that have been kept; the first one is empty.</summary>
    private readonly Prefix[] _prefixes;

    /// <summary>For each label the last beam that was found to go on with it to another one.</summary>
    private readonly int[] _continued;
    private int _beamCount;
    private int _prefixCount;

    /// <summary>A decoder for outputs of a size.</summary>
    /// <param name="classes">Outputs of a step, the blank included; at least 2.</param>
    /// <param name="maxSteps">The most steps that it is given, at least 1.</param>
    /// <param name="beamWidth">Prefixes that are kept at every step, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public CtcDecoder(int classes, int maxSteps, int beamWidth = 100)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxSteps, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(beamWidth, 1);
        (_classes, _maxSteps) = (classes, maxSteps);
        _beams = new Beam[beamWidth];
        _candidates = new Beam[checked(beamWidth * classes)];
        _prefixes = new Prefix[checked(beamWidth * maxSteps + 1)];
        _continued = new int[classes];
    }

    /// <summary>The labels of the most probable class of every step.</summary>
    /// <param name="outputs">Steps × <paramref name="classes"/> floats, logits or probabilities.</param>
    /// <param name="classes">Outputs of a step, the blank included; at least 2.</param>
    /// <param name="labels">Receives the labels, 1 … classes − 1; as many as steps are enough.</param>
    /// <returns>The number of labels.</returns>
    /// <exception cref="ArgumentException">The outputs are no whole number of steps, or there is no room for the labels.</exception>
    public static int DecodeGreedily(ReadOnlySpan<float> outputs, int classes, Span<int> labels)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 2);
        var steps = CountSteps(outputs, classes);
        var (count, last) = (0, CtcLoss.Blank);
        for (var step = 0; step < steps; step++)
        {
            var output = outputs.Slice(step * classes, classes);
            var label = 0;
            for (var i = 1; i < classes; i++)
                label = output[i] > output[label] ? i : label;
            if (label != last && label != CtcLoss.Blank)
                Put(labels, count++, label);
            last = label;
        }

        return count;
    }

    /// <summary>The most probable labels, as far as the beams go.</summary>
    /// <param name="outputs">Steps × classes floats, logits.</param>
    /// <param name="labels">Receives the labels, 1 … classes − 1; as many as steps are enough.</param>
    /// <param name="logProbability">The logarithm of the probability of all their alignments that were kept.</param>
    /// <returns>The number of labels.</returns>
    /// <exception cref="ArgumentException">
    /// The outputs are no whole number of steps, or more than the decoder is for, or there is no room for the labels.
    /// </exception>
    public int Decode(ReadOnlySpan<float> outputs, Span<int> labels, out double logProbability)
    {
        var steps = CountSteps(outputs, _classes);
        if (steps > _maxSteps)
            throw new ArgumentException($"The outputs have {steps} steps; the decoder is for at most {_maxSteps}.", nameof(outputs));
        _prefixes[Root] = new Prefix(None, CtcLoss.Blank, 0, None, None);
        _beams[0] = new Beam(Root, CtcLoss.Blank, 0, double.NegativeInfinity, 0);
        (_prefixCount, _beamCount) = (1, 1);
        for (var step = 0; step < steps; step++)
            Advance(outputs.Slice(step * _classes, _classes));
        var best = _prefixes[_beams[0].Prefix];
        var count = best.Length;
        for (var i = count - 1; i >= 0; i--, best = _prefixes[best.Parent])
            Put(labels, i, best.Label);
        logProbability = _beams[0].Log;
        return count;
    }

    private void Advance(ReadOnlySpan<float> output)
    {
        var total = Softmax.LogTotal(output, probabilities: default);
        var blank = output[CtcLoss.Blank] - total;
        Array.Fill(_continued, None);
        var count = 0;
        for (var i = 0; i < _beamCount; i++)
        {
            var beam = _beams[i];
            var prefix = _prefixes[beam.Prefix];

            // The prefix stays what it is with a blank or its last label; or it is another one with that label.
            var label = output[prefix.Label] - total;
            var isLabel = beam.IsLabel + label;
            for (var j = 0; j < _beamCount; j++)
            {
                if (_beams[j].Prefix == prefix.Parent)
                    isLabel = DeterministicMath.AddLogs(isLabel, LogBefore(_beams[j], prefix.Label) + label);
                else if (_prefixes[_beams[j].Prefix].Parent == beam.Prefix)
                    _continued[_prefixes[_beams[j].Prefix].Label] = i;
            }

            _candidates[count] = new Beam(beam.Prefix, CtcLoss.Blank, beam.Log + blank, isLabel, count);
            count++;
            for (var next = 1; next < _classes; next++)
            {
                if (_continued[next] == i)
                    continue;
                _candidates[count] = new Beam(beam.Prefix, next, double.NegativeInfinity, LogBefore(beam, next) + output[next] - total, count);
                count++;
            }
        }

        _candidates.AsSpan(0, count).Sort();
        _beamCount = Math.Min(_beams.Length, count);
        for (var i = 0; i < _beamCount; i++)
        {
            var candidate = _candidates[i];
            _beams[i] = candidate with { Prefix = candidate.Next == CtcLoss.Blank ? candidate.Prefix : Continue(candidate.Prefix, candidate.Next) };
        }
    }

    /// <summary>The alignments of a prefix that a label can follow: one that equals the last needs a blank between.</summary>
    private double LogBefore(in Beam beam, int label) => label == _prefixes[beam.Prefix].Label ? beam.IsBlank : beam.Log;

    /// <summary>The prefix with one more label, the same one whenever it is asked for.</summary>
    private int Continue(int parent, int label)
    {
        for (var child = _prefixes[parent].FirstChild; child != None; child = _prefixes[child].NextSibling)
        {
            if (_prefixes[child].Label == label)
                return child;
        }

        _prefixes[_prefixCount] = new Prefix(parent, label, _prefixes[parent].Length + 1, None, _prefixes[parent].FirstChild);
        _prefixes[parent] = _prefixes[parent] with { FirstChild = _prefixCount };
        return _prefixCount++;
    }

    private static int CountSteps(ReadOnlySpan<float> outputs, int classes)
    {
        var (steps, rest) = int.DivRem(outputs.Length, classes);
        return rest == 0
            ? steps
            : throw new ArgumentException($"The outputs have {outputs.Length} floats; expected a multiple of {classes} classes.", nameof(outputs));
    }

    private static void Put(Span<int> labels, int index, int label)
    {
        if (index >= labels.Length)
            throw new ArgumentException($"There is room for {labels.Length} labels; {index + 1} or more were found.", nameof(labels));
        labels[index] = label;
    }

    /// <param name="Parent">The prefix without its last label.</param>
    /// <param name="Label">That label; the blank of the empty one.</param>
    /// <param name="Length">The number of labels.</param>
    /// <param name="FirstChild">The last one that was made of it.</param>
    /// <param name="NextSibling">The one that was made before it of the same parent.</param>
    private readonly record struct Prefix(int Parent, int Label, int Length, int FirstChild, int NextSibling);

    /// <param name="Prefix">Its labels.</param>
    /// <param name="Next">One more label, or the blank if there is none.</param>
    /// <param name="IsBlank">The logarithm of the probability of its alignments that end with a blank.</param>
    /// <param name="IsLabel">That of those that end with its last label.</param>
    /// <param name="Order">Which of two that are as probable goes first.</param>
    private readonly record struct Beam(int Prefix, int Next, double IsBlank, double IsLabel, int Order) : IComparable<Beam>
    {
        /// <summary>The logarithm of the probability of all its alignments.</summary>
        public double Log { get; } = DeterministicMath.AddLogs(IsBlank, IsLabel);

        public int CompareTo(Beam other) => Log != other.Log ? other.Log.CompareTo(Log) : Order.CompareTo(other.Order);
    }
}
