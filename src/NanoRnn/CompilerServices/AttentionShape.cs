using System.ComponentModel;

namespace NanoRnn.CompilerServices;

/// <summary>The sizes of attention over rows that lie time-major.</summary>
/// <param name="features">Features of a query and of a key.</param>
/// <param name="rowLength">Floats of their rows.</param>
/// <param name="valueFeatures">Features of a value and of an output.</param>
/// <param name="valueLength">Floats of their rows.</param>
/// <param name="querySteps">Steps of the queries and of the outputs.</param>
/// <param name="valueSteps">Steps of keys and values of the longest sequence.</param>
/// <param name="sequences">Rows of a step.</param>
/// <param name="rows">Sequences to go through.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct AttentionShape(
    int features, int rowLength, int valueFeatures, int valueLength, nint querySteps, nint valueSteps, nint sequences, nint rows)
{
    internal int Features => features;

    internal int RowLength => rowLength;

    internal int ValueFeatures => valueFeatures;

    internal int ValueLength => valueLength;

    internal nint QuerySteps => querySteps;

    internal nint ValueSteps => valueSteps;

    internal nint Sequences => sequences;

    internal nint Rows => rows;
}
