namespace NanoRnn.Tool.Recognition;

/// <summary>
/// Gives every number of every value a number of its own, so that operators that move numbers are run on these, whatever they do; where the
/// numbers are then says what was moved.
/// </summary>
/// <param name="axis">Time steps of the input.</param>
internal sealed class ElementTable(TimeAxis axis)
{
    /// <summary>The number of a zero that stands beside the steps of a sequence.</summary>
    public const double Zero = -1;

    private readonly Dictionary<Value, long> _starts = [];
    private readonly List<(long Start, Value Value)> _values = [];
    private long _end;

    /// <summary>The time steps of the input.</summary>
    public TimeAxis Axis { get; } = axis;

    /// <summary>The number of an element.</summary>
    public double NumberOf(Value value, int step, int feature)
    {
        if (!_starts.TryGetValue(value, out var start))
        {
            _starts.Add(value, start = _end);
            _values.Add((start, value));
            _end += (long)value.Features * (value.Axis?.Count ?? 1);
        }

        return start + (value.IsSequence ? (long)step * value.Features : 0) + feature;
    }

    /// <summary>The element of a number.</summary>
    /// <exception cref="UnsupportedModelException">It is a zero that no convolution has taken.</exception>
    public Element this[double number]
    {
        get
        {
            if (number == Zero)
                throw new UnsupportedModelException("the model puts zeros beside what it computes, which NanoRnn has no layer for but in front of a convolution over time. Cut the padding out of the model.");
            var (low, high) = (0, _values.Count - 1);
            while (low < high)
            {
                var middle = (low + high + 1) / 2;
                if (_values[middle].Start <= number)
                    low = middle;
                else
                    high = middle - 1;
            }

            var (start, value) = _values[low];
            var place = (int)((long)number - start);
            return new(value, value.IsSequence ? place / value.Features : -1, place % value.Features);
        }
    }
}
