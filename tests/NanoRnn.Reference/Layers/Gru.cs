namespace NanoRnn.Reference;

internal sealed record GruDescription(int Units) : RecurrentDescription("gru", Units)
{
    public bool ResetAfter { get; init; } = true;

    public override ReferenceCell CreateCell(string name, int inputs) => new GruReferenceCell(name, inputs, this);
}

/// <summary>
/// z, r = rec(x·W + h·U + b); h = z·h + (1 − z)·hh. Columns z|r|h. Reset after, with a bias for the input and one for the
/// state: hh = act(x·W + b₀ + r·(h·U + b₁)). Reset before, with one bias: hh = act(x·W + b + (r·h)·U).
/// </summary>
internal sealed class GruReferenceCell(string name, int inputs, GruDescription options)
    : ReferenceCell(name, inputs, gates: 3, options, biases: options.ResetAfter ? 2 : 1)
{
    public override double[][] Step(double[] x, double[][] states, double[] h, FunctionProbe? probe)
    {
        double[] z = new double[Units], r = new double[Units], resetState = new double[Units], next = new double[Units];
        for (var j = 0; j < Units; j++)
        {
            z[j] = Gate(Sum(j), probe);
            r[j] = Gate(Sum(Units + j), probe);
            resetState[j] = r[j] * h[j];
        }

        for (var j = 0; j < Units; j++)
        {
            var column = 2 * Units + j;
            var fromInput = W.Dot(x, column) + InputBias(column);
            var candidate = Activate(
                options.ResetAfter
                    ? fromInput + r[j] * (U.Dot(h, column) + StateBias(column))
                    : fromInput + U.Dot(resetState, column),
                probe);

            // Dropout is for the recurrent kernel alone: the state that is carried over is whole.
            next[j] = z[j] * states[0][j] + (1 - z[j]) * candidate;
        }

        return [next];

        double Sum(int column) => W.Dot(x, column) + InputBias(column) + U.Dot(h, column) + StateBias(column);
    }

    private double InputBias(int column) => B?[column] ?? 0;

    private double StateBias(int column) => options.ResetAfter ? B?[1, column] ?? 0 : 0;
}
