using NanoRnn.Tool.Graphs;

namespace NanoRnn.Tool.Operators;

/// <summary>Operators on numbers one by one.</summary>
internal static class Elementwise
{
    public static Func<double, double, double>? Find(string kind, bool isInteger) => kind switch
    {
        "Add" or "Sum" => (a, b) => a + b,
        "Sub" => (a, b) => a - b,
        "Mul" => (a, b) => a * b,
        "Div" => isInteger ? (a, b) => b == 0 ? 0 : Math.Truncate(a / b) : (a, b) => a / b,
        "Pow" => Math.Pow,
        "Min" => Math.Min,
        "Max" => Math.Max,
        "Mod" => (a, b) => b == 0 ? 0 : a - b * Math.Floor(a / b),
        "Equal" => (a, b) => a == b ? 1 : 0,
        "Less" => (a, b) => a < b ? 1 : 0,
        "LessOrEqual" => (a, b) => a <= b ? 1 : 0,
        "Greater" => (a, b) => a > b ? 1 : 0,
        "GreaterOrEqual" => (a, b) => a >= b ? 1 : 0,
        "And" => (a, b) => a != 0 && b != 0 ? 1 : 0,
        "Or" => (a, b) => a != 0 || b != 0 ? 1 : 0,
        _ => null,
    };

    public static Tensor Map(OperatorCall call, ScalarFunction function) =>
        new(call[0].Shape, Array.ConvertAll(call[0].Values, value => Functions.Find(function)!(value)), call[0].IsInteger && function.Name is "Abs" or "Neg" or "Not");

    /// <summary>A function of two, or of as many as there are inputs, one after the other.</summary>
    public static Tensor Combine(OperatorCall call)
    {
        var result = call[0];
        for (var i = 1; i < call.Inputs.Length; i++)
        {
            var shape = Movement.BroadcastShape(call, result.Shape, call[i].Shape);
            var (left, right) = (Movement.Broadcast(call, result, shape), Movement.Broadcast(call, call[i], shape));
            var isInteger = left.IsInteger && right.IsInteger;
            var function = Find(call.Node.Kind, isInteger)!;
            var values = call.Allocate(shape);
            for (var j = 0; j < values.Length; j++)
                values[j] = function(left.Values[j], right.Values[j]);
            result = new Tensor(shape, values, isInteger);
        }

        return result;
    }

    /// <summary>Each number, where it is negative times a slope.</summary>
    public static Tensor SlopedRelu(OperatorCall call)
    {
        var slopes = Movement.Broadcast(call, call[1], Movement.BroadcastShape(call, call[0].Shape, call[1].Shape));
        call.Demand(slopes.Shape.AsSpan().SequenceEqual(call[0].Shape), $"slopes {Tensor.Describe(call[1].Shape)} do not fit {Tensor.Describe(call[0].Shape)}");
        return new Tensor(slopes.Shape, [.. call[0].Values.Select((value, i) => value < 0 ? slopes.Values[i] * value : value)]);
    }

    public static Tensor Where(OperatorCall call)
    {
        var shape = Movement.BroadcastShape(call, Movement.BroadcastShape(call, call[0].Shape, call[1].Shape), call[2].Shape);
        var (condition, left, right) = (Movement.Broadcast(call, call[0], shape), Movement.Broadcast(call, call[1], shape), Movement.Broadcast(call, call[2], shape));
        return new Tensor(shape, [.. condition.Values.Select((value, i) => value != 0 ? left.Values[i] : right.Values[i])], left.IsInteger && right.IsInteger);
    }

    public static Tensor Cast(OperatorCall call)
    {
        // FLOAT, FLOAT16, DOUBLE, BFLOAT16; then BOOL. All others are integers.
        var to = call.Node.Integer("to", 1);
        return to is 1 or 10 or 11 or 16 ? new Tensor(call[0].Shape, call[0].Values)
            : new Tensor(call[0].Shape, Array.ConvertAll(call[0].Values, value => to == 9 ? value != 0 ? 1 : 0 : Math.Truncate(value)), isInteger: true);
    }

    public static Tensor BatchNormalization(OperatorCall call)
    {
        var data = call[0];
        call.Demand(data.Rank >= 2, $"expected data of two dimensions or more, found {Tensor.Describe(data.Shape)}");
        var inner = (int)Tensor.CountOf(data.Shape.AsSpan(2));
        var (scale, shift) = BatchAffine(call, data.Shape[1]);
        return new Tensor(data.Shape, [.. data.Values.Select((value, i) => i / inner % scale.Length is var channel ? value * scale[channel] + shift[channel] : 0)]);
    }

    /// <summary>What a batch normalization multiplies each channel by, and what it adds.</summary>
    public static (double[] Scale, double[] Shift) BatchAffine(OperatorCall call, int channels)
    {
        for (var i = 1; i <= 4; i++)
            call.Demand(call[i].Count == channels, $"expected {channels} numbers as input {i}, found {call[i].Count}");
        call.Demand(call.Node.Integer("training_mode", 0) == 0, "expected a model for prediction, found training_mode");
        var epsilon = call.Node.Attribute("epsilon", 1e-5);
        var scale = Enumerable.Range(0, channels).Select(i => call[1].Values[i] / Math.Sqrt(call[4].Values[i] + epsilon)).ToArray();
        return (scale, [.. scale.Select((factor, i) => call[2].Values[i] - call[3].Values[i] * factor)]);
    }
}
