using NanoRnn.Tool.Graphs;
using NanoRnn.Tool.Operators;

namespace NanoRnn.Tool.Recognition;

/// <summary>Brings the weights of a recurrent operator into NanoRnn's shapes and order of gates.</summary>
/// <param name="call">The operator.</param>
/// <param name="operation">What it is made of.</param>
internal sealed class RecurrentWeights(OperatorCall call, RecurrentOperator operation)
{
    /// <summary>Where NanoRnn's gates are among ONNX's: an LSTM's are input, output, forget and cell there.</summary>
    private int[] Gates => operation.Kind == "LSTM" ? [0, 2, 3, 1] : [.. Enumerable.Range(0, operation.Gates)];

    /// <param name="isReversed">Whether the operator's input is in reversed order.</param>
    public RecurrentLayer Layer(bool isReversed)
    {
        if (operation.Clip is not null)
            throw Refuse("clips the sums of its gates", "Train without clip.");
        if (operation.CouplesGates)
            throw Refuse("couples input and forget gate", "Write the cell by hand (docs/cells.md).");
        if (isReversed && operation.Directions == 2)
            throw Refuse("goes over reversed steps in both directions", "Order them in the data.");
        var functions = operation.ActivationsOf(0).ToArray();
        if (operation.Directions == 2 && !operation.ActivationsOf(1).SequenceEqual(functions))
            throw Refuse("has other activations in each direction", "Train with one.");
        if (operation.Kind == "LSTM" && functions[1] != functions[2])
            throw Refuse($"has the activations {functions[1].Name} of candidates and {functions[2].Name} of states", "Train with one, or write the cell by hand (docs/cells.md).");
        var direction = operation.Directions == 2 ? RecurrentDirection.Both
            : operation.Direction == "reverse" != isReversed ? RecurrentDirection.Backward : RecurrentDirection.Forward;
        return new RecurrentLayer(
            operation.Kind, operation.Units, direction, [.. Enumerable.Range(0, operation.Directions).Select(Cell)],
            operation.Kind == "RNN" ? functions[0] : functions[1], functions[0])
        { ResetsAfter = operation.ResetsAfter };
    }

    private RecurrentCell Cell(int direction)
    {
        var rows = operation.Gates * operation.Units;
        return new(Transposed(operation.Weights, operation.Features), Transposed(operation.Recurrent, operation.Units), Bias(), Peepholes());

        double[] Transposed(Tensor matrices, int columns)
        {
            var result = new double[rows * columns];
            for (var i = 0; i < result.Length; i++)
                result[i] = matrices.Values[(direction * rows + RowOf(i % rows)) * columns + i / rows];
            return result;
        }

        // ONNX has those of the output gate before those of the forget gate.
        double[]? Peepholes() => operation.Peepholes?.Values.AsSpan(direction * 3 * operation.Units, 3 * operation.Units).ToArray() is { } values && values.Any(value => value != 0)
            ? [.. values[..operation.Units], .. values[(2 * operation.Units)..], .. values[operation.Units..(2 * operation.Units)]] : null;

        double[]? Bias()
        {
            if (operation.Bias is null)
                return null;
            var ofInput = Enumerable.Range(0, rows).Select(i => operation.Bias.Values[direction * 2 * rows + RowOf(i)]);
            var ofState = Enumerable.Range(0, rows).Select(i => operation.Bias.Values[(direction * 2 + 1) * rows + RowOf(i)]);
            return operation.Kind == "GRU" && operation.ResetsAfter ? [.. ofInput, .. ofState] : [.. ofInput.Zip(ofState, (a, b) => a + b)];
        }

        int RowOf(int column) => Gates[column / operation.Units] * operation.Units + column % operation.Units;
    }

    private UnsupportedModelException Refuse(string reason, string advice) => new($"node {call.Node}: {reason}, which NanoRnn has no layer for. {advice}");
}
