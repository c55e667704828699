using NanoRnn.Reference;

namespace NanoRnn.Differential.Running;

/// <summary>Hears how large functions' values and states become.</summary>
internal sealed class LargestValue : FunctionProbe
{
    /// <summary>A network with a larger output, loss, state or value of a function has states that grow with every step, beyond what floats hold.</summary>
    public const double Comparable = 1e6;

    private double _magnitude;

    /// <summary>All of them were smaller, and numbers.</summary>
    public bool IsComparable => _magnitude < Comparable;

    public override double Function(double value) => Note(value);

    public override double State(double value) => Note(value);

    private double Note(double value)
    {
        _magnitude = Math.Max(_magnitude, Math.Abs(value));
        return value;
    }
}
