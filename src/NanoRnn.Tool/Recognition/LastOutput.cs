using NanoRnn.Tool.Operators;

namespace NanoRnn.Tool.Recognition;

/// <summary>
/// A recurrent layer's output at the last step. Of the forward direction that is what it gives last; the backward direction has seen this one
/// step there, from a state of zeros, which layers say that go forward and forget.
/// </summary>
internal static class LastOutput
{
    /// <summary>So far below zero that gates are closed.</summary>
    private const double Closed = -1000;

    public static Value Of(ValueBuilder builder, Value.Recurrent recurrent)
    {
        var (source, layer) = (recurrent.Sources[0], recurrent.Layer);
        return layer.Direction switch
        {
            RecurrentDirection.Forward => builder.Recurrent(source, layer, isSequence: false),
            RecurrentDirection.Backward => OneStep(builder, source, layer, layer.Cells[0]),
            _ => builder.Concatenate(
            [
                builder.Recurrent(source, layer with { Direction = RecurrentDirection.Forward, Cells = [layer.Cells[0]] }, isSequence: false),
                OneStep(builder, source, layer, layer.Cells[1]),
            ]),
        };
    }

    /// <summary>The cell's output of the last step alone.</summary>
    private static Value OneStep(ValueBuilder builder, Value source, RecurrentLayer layer, RecurrentCell cell)
    {
        var units = layer.Units;
        switch (layer.Kind)
        {
            case "RNN":
                return Forward(layer, cell.Kernel, cell.Bias);
            case "LSTM" when layer.RecurrentActivation.Name is "Sigmoid" or "HardSigmoid":
                // A forget gate that is closed leaves nothing of earlier steps.
                var (kernel, bias) = ((double[])cell.Kernel.Clone(), (double[]?)cell.Bias?.Clone() ?? new double[4 * units]);
                for (var i = 0; i < kernel.Length; i++)
                    if (i / units % 4 == 1)
                        kernel[i] = 0;
                bias.AsSpan(units, units).Fill(Closed);

                // The input gate sees a state of zeros, the output gate the new one.
                return Forward(layer, kernel, bias, cell.Peepholes is { } peepholes ? [.. new double[2 * units], .. peepholes[(2 * units)..]] : null);
            case "GRU" when layer.RecurrentActivation.Name == "Sigmoid":
                // (1 − z)·candidate, where 1 − sigmoid(a) is sigmoid(−a).
                var inputBias = cell.Bias?.AsSpan(0, 3 * units).ToArray() ?? new double[3 * units];
                var stateBias = layer.ResetsAfter ? cell.Bias?.AsSpan(3 * units).ToArray() ?? new double[3 * units] : new double[3 * units];
                var keep = Gate(0, layer.RecurrentActivation, -1, Sum(0));
                var candidate = stateBias.AsSpan(2 * units).ContainsAnyExcept(0)
                    ? builder.Function(
                        builder.Merge(
                            MergeKind.Add,
                            Gate(2, new ScalarFunction("Identity"), 1, inputBias[(2 * units)..]),
                            builder.Scale(Gate(1, layer.RecurrentActivation, 1, Sum(1)), stateBias[(2 * units)..], new double[units])),
                        layer.Activation)
                    : Gate(2, layer.Activation, 1, inputBias[(2 * units)..]);
                return builder.Merge(MergeKind.Multiply, keep, candidate);

                double[] Sum(int gate) => [.. Enumerable.Range(gate * units, units).Select(i => inputBias[i] + stateBias[i])];

                Value Gate(int gate, ScalarFunction activation, double sign, double[] bias) => Forward(
                    new RecurrentLayer("RNN", units, RecurrentDirection.Forward, [], activation, activation),
                    [.. cell.Kernel.Where((_, i) => i / units % 3 == gate).Select(weight => sign * weight)], [.. bias.Select(value => sign * value)]);
            default:
                throw new UnsupportedModelException(
                    $"a {layer.Kind} with gates of {layer.RecurrentActivation.Name}: the model takes the backward direction's output at the last step, which NanoRnn has no layer for. " +
                    "Take its last state (h_n, Y_h) instead, and train again.");
        }

        Value Forward(RecurrentLayer kind, double[] kernel, double[]? bias, double[]? peepholes = null)
        {
            var forgetful = new RecurrentCell(kernel, new double[units * (kernel.Length / source.Features)], bias, peepholes);
            return builder.Recurrent(source, kind with { Direction = RecurrentDirection.Forward, Cells = [forgetful] }, isSequence: false);
        }
    }
}
