namespace NanoRnn.Tool.Recognition;

/// <summary><c>x·W + h·U + b</c> of a value and a state before the step.</summary>
/// <param name="Source">The value.</param>
/// <param name="State">The state.</param>
/// <param name="Kernel">Features of the value × outputs.</param>
/// <param name="StateKernel">Elements of the state × outputs.</param>
/// <param name="Bias">As many as outputs.</param>
internal sealed record AffineSum(Value Source, InitialState State, double[] Kernel, double[] StateKernel, double[] Bias)
{
    /// <summary>The parts of a sum, or null if it is none of a value and a state.</summary>
    public static AffineSum? Of(Value sum)
    {
        var bias = new double[sum.Features];
        var terms = new List<Value.Affine>();
        if (!Collect(sum))
            return null;
        if (terms is [{ Source: Value.Concatenation { Sources: [var front, var back] } } joined])
        {
            // One kernel for both, one behind the other.
            var split = front.Features * sum.Features;
            terms = [new Value.Affine(front, joined.Kernel[..split], null), new Value.Affine(back, joined.Kernel[split..], null)];
        }

        if (terms is not [var first, var second])
            return null;
        if (StateOf(first.Source) is not null)
            (first, second) = (second, first);
        return StateOf(second.Source) is { } state && StateOf(first.Source) is null ? new(first.Source, state, first.Kernel, second.Kernel, bias) : null;

        bool Collect(Value value)
        {
            switch (value)
            {
                case Value.Scale scale when scale.Factors.All(factor => factor == 1):
                    Add(scale.Offsets);
                    return Collect(scale.Source);
                case Value.Merge { Kind: MergeKind.Add } merge:
                    return Collect(merge.Left) && Collect(merge.Right);
                case Value.Affine affine:
                    Add(affine.Bias ?? []);
                    terms.Add(affine);
                    return true;
                default:
                    return false;
            }
        }

        void Add(double[] offsets)
        {
            for (var i = 0; i < offsets.Length; i++)
                bias[i] += offsets[i];
        }
    }

    /// <summary>The elements of an input that a value is, or null.</summary>
    public static InitialState? StateOf(Value value) => value switch
    {
        Value.State state => new(state, [.. Enumerable.Range(0, state.Features)]),
        Value.Select { Source: Value.State state } select => new(state, select.Indices),
        _ => null,
    };
}
