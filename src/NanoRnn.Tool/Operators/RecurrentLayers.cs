using NanoRnn.Tool.Graphs;

namespace NanoRnn.Tool.Operators;

/// <summary>The recurrent operators, step by step by ONNX's formulas.</summary>
internal static class RecurrentLayers
{
    /// <summary>The outputs at every step, the last states, and of an LSTM the last cell states.</summary>
    public static Tensor[] Run(OperatorCall call)
    {
        var data = call[0];
        call.Demand(data.Rank == 3, $"expected three dimensions of data, found {Tensor.Describe(data.Shape)}");
        var layer = new RecurrentOperator(call, data.Shape[2]);
        var (steps, batch) = layer.IsBatchFirst ? (data.Shape[1], data.Shape[0]) : (data.Shape[0], data.Shape[1]);
        call.Demand(call.Optional(4) is not { } lengths || lengths.Values.All(length => length == steps), $"lengths other than {steps} steps are not supported");
        call.CheckWork(steps, batch, layer.Directions, layer.Gates * layer.Units, layer.Features + layer.Units);
        int[] stateShape = layer.IsBatchFirst ? [batch, layer.Directions, layer.Units] : [layer.Directions, batch, layer.Units];
        int[] outputShape = layer.IsBatchFirst ? [batch, steps, layer.Directions, layer.Units] : [steps, layer.Directions, batch, layer.Units];
        var (outputs, hidden, cells) = (call.Allocate(outputShape), call.Allocate(stateShape), call.Allocate(stateShape));
        for (var direction = 0; direction < layer.Directions; direction++)
            for (var sample = 0; sample < batch; sample++)
            {
                var statePlace = (layer.IsBatchFirst ? sample * layer.Directions + direction : direction * batch + sample) * layer.Units;
                var (h, c) = (Initial(5), Initial(6));
                var isReversed = layer.Direction == "reverse" || direction == 1;
                for (var i = 0; i < steps; i++)
                {
                    var step = isReversed ? steps - 1 - i : i;
                    var row = layer.IsBatchFirst ? sample * steps + step : step * batch + sample;
                    Step(layer, direction, data.Values.AsSpan(row * layer.Features, layer.Features), h, c);
                    var place = layer.IsBatchFirst ? (sample * steps + step) * layer.Directions + direction : (step * layer.Directions + direction) * batch + sample;
                    h.CopyTo(outputs.AsSpan(place * layer.Units));
                }

                h.CopyTo(hidden.AsSpan(statePlace));
                c.CopyTo(cells.AsSpan(statePlace));

                double[] Initial(int input)
                {
                    if (call.Optional(input) is not { } state)
                        return new double[layer.Units];
                    call.Demand(state.Shape.AsSpan().SequenceEqual(stateShape), $"expected initial states {Tensor.Describe(stateShape)}, found {Tensor.Describe(state.Shape)}");
                    return state.Values.AsSpan(statePlace, layer.Units).ToArray();
                }
            }

        return [new Tensor(outputShape, outputs), new Tensor(stateShape, hidden), new Tensor(stateShape, cells)];
    }

    private static void Step(RecurrentOperator layer, int direction, ReadOnlySpan<double> x, double[] h, double[] c)
    {
        var units = layer.Units;
        var functions = layer.ActivationsOf(direction).ToArray().Select(function => Functions.Find(function)!).ToArray();
        var fromInput = Sums(layer.Weights, x, biasOffset: 0);
        var fromState = Sums(layer.Recurrent, h, layer.Gates * units);
        var previous = (double[])h.Clone();
        switch (layer.Kind)
        {
            case "RNN":
                for (var u = 0; u < units; u++)
                    h[u] = functions[0](Clip(fromInput[u] + fromState[u]));
                break;
            case "LSTM":
                for (var u = 0; u < units; u++)
                {
                    var input = functions[0](Clip(Sum(0, u) + Peephole(0, u) * c[u]));
                    var forget = layer.CouplesGates ? 1 - input : functions[0](Clip(Sum(2, u) + Peephole(2, u) * c[u]));
                    c[u] = forget * c[u] + input * functions[1](Clip(Sum(3, u)));
                    h[u] = functions[0](Clip(Sum(1, u) + Peephole(1, u) * c[u])) * functions[2](c[u]);
                }

                break;
            default:
                var reset = new double[units];
                for (var u = 0; u < units; u++)
                    reset[u] = functions[0](Clip(Sum(1, u)));
                var candidates = layer.ResetsAfter ? fromState : Sums(layer.Recurrent, [.. reset.Select((value, u) => value * previous[u])], layer.Gates * units);
                for (var u = 0; u < units; u++)
                {
                    var update = functions[0](Clip(Sum(0, u)));
                    var recurrent = candidates[2 * units + u] * (layer.ResetsAfter ? reset[u] : 1);
                    h[u] = (1 - update) * functions[1](Clip(fromInput[2 * units + u] + recurrent)) + update * previous[u];
                }

                break;
        }

        double Sum(int gate, int unit) => fromInput[gate * units + unit] + fromState[gate * units + unit];

        double Clip(double value) => layer.Clip is { } clip ? Math.Clamp(value, -clip, clip) : value;

        double Peephole(int gate, int unit) => layer.Peepholes?.Values[(direction * 3 + gate) * units + unit] ?? 0;

        double[] Sums(Tensor matrix, ReadOnlySpan<double> vector, int biasOffset)
        {
            var sums = new double[layer.Gates * units];
            for (var row = 0; row < sums.Length; row++)
            {
                var sum = layer.Bias?.Values[direction * 2 * sums.Length + biasOffset + row] ?? 0;
                var weights = matrix.Values.AsSpan((direction * sums.Length + row) * vector.Length, vector.Length);
                for (var column = 0; column < weights.Length; column++)
                    sum += weights[column] * vector[column];
                sums[row] = sum;
            }

            return sums;
        }
    }
}
