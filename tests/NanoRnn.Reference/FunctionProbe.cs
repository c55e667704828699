namespace NanoRnn.Reference;

/// <summary>Stands beside a run: hears on which side of its kinks every function is evaluated, and may change what is computed.</summary>
internal abstract class FunctionProbe
{
    /// <summary>A function with a kink is evaluated on this side of it.</summary>
    public virtual void Note(bool side)
    {
    }

    /// <summary>What the run takes for the value of a function.</summary>
    public virtual double Function(double value) => value;

    /// <summary>What the run takes for an element of a cell's state.</summary>
    public virtual double State(double value) => value;
}
