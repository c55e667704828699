using NanoRnn.Tool.Operators;

namespace NanoRnn.Tool.Recognition;

/// <summary>One step of an LSTM that is made of single operators, with its states as inputs of the model.</summary>
internal static class CellPattern
{
    /// <summary><c>o·tanh(f·c + i·c̃)</c>, whose gates are of one sum of the input and the state before, or null.</summary>
    /// <param name="gate">The first factor, <c>o</c>.</param>
    /// <param name="squashed">The second factor.</param>
    public static Value? Match(Value gate, Value squashed)
    {
        if (squashed is not Value.Function { Source: Value.Merge { Kind: MergeKind.Add } newCell } output || !IsGate(gate, out var sum, out var outputGate))
            return null;
        var parts = Parts(newCell.Left, newCell.Right) ?? Parts(newCell.Right, newCell.Left);
        if (parts is not { } found || found.Sum != sum || found.Activation != output.Definition || found.RecurrentActivation != ((Value.Function)gate).Definition)
            return null;
        var units = outputGate.Length;
        if (AffineSum.Of(sum) is not { } affine || found.Cell.Indices.Length != units || affine.StateKernel.Length != units * sum.Features || affine.State.Indices.Length != units)
            return null;

        // NanoRnn's order: input, forget, candidate, output.
        int[] columns = [.. found.Input, .. found.Forget, .. found.Candidate, .. outputGate];
        var cell = new RecurrentCell(Columns(affine.Kernel), Columns(affine.StateKernel), Columns(affine.Bias));
        var layer = new RecurrentLayer("LSTM", units, RecurrentDirection.Forward, [cell], output.Definition, found.RecurrentActivation)
        {
            Hidden = affine.State, Cell = found.Cell, NewCell = newCell,
        };
        return new Value.Recurrent(affine.Source, layer, isSequence: true);

        double[] Columns(double[] matrix)
        {
            var width = sum.Features;
            var result = new double[matrix.Length / width * columns.Length];
            for (var i = 0; i < result.Length; i++)
                result[i] = matrix[i / columns.Length * width + columns[i % columns.Length]];
            return result;
        }
    }

    /// <summary>What <c>f·c + i·c̃</c> is made of.</summary>
    private static (Value Sum, int[] Input, int[] Forget, int[] Candidate, InitialState Cell, ScalarFunction Activation, ScalarFunction RecurrentActivation)? Parts(Value kept, Value added)
    {
        if (kept is not Value.Merge { Kind: MergeKind.Multiply } old || added is not Value.Merge { Kind: MergeKind.Multiply } fresh)
            return null;
        foreach (var (forgetGate, state) in new[] { (old.Left, old.Right), (old.Right, old.Left) })
            foreach (var (inputGate, candidate) in new[] { (fresh.Left, fresh.Right), (fresh.Right, fresh.Left) })
            {
                if (AffineSum.StateOf(state) is { } cell && IsGate(forgetGate, out var sum, out var forget) && IsGate(inputGate, out var inputSum, out var input)
                    && IsGate(candidate, out var candidateSum, out var columns) && sum == inputSum && sum == candidateSum
                    && ((Value.Function)forgetGate).Definition == ((Value.Function)inputGate).Definition && ((Value.Function)inputGate).Definition.Name == "Sigmoid")
                {
                    return (sum, input, forget, columns, cell, ((Value.Function)candidate).Definition, ((Value.Function)inputGate).Definition);
                }
            }

        return null;
    }

    /// <summary>A function of some columns of a sum.</summary>
    private static bool IsGate(Value value, out Value sum, out int[] columns)
    {
        if (value is Value.Function { Source: Value.Select select })
        {
            (sum, columns) = (select.Source, select.Indices);
            return true;
        }

        (sum, columns) = (value, []);
        return false;
    }
}
