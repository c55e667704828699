using NanoRnn.Tool.Graphs;

namespace NanoRnn.Tool.Operators;

/// <summary>Operators that multiply matrices.</summary>
internal static class Products
{
    public static Tensor MatMul(OperatorCall call)
    {
        var (left, right) = (call[0], call[1]);
        call.Demand(left.Rank > 0 && right.Rank > 0, "expected two matrices, found a scalar");
        var (a, b) = (left.Rank == 1 ? left.Reshape(1, left.Count) : left, right.Rank == 1 ? right.Reshape(right.Count, 1) : right);
        var (rows, inner, columns) = (a.Shape[^2], a.Shape[^1], b.Shape[^1]);
        call.Demand(b.Shape[^2] == inner, $"shapes {Tensor.Describe(left.Shape)} and {Tensor.Describe(right.Shape)} do not fit");
        var batch = Movement.BroadcastShape(call, a.Shape[..^2], b.Shape[..^2]);
        (a, b) = (Movement.Broadcast(call, a, [.. batch, rows, inner]), Movement.Broadcast(call, b, [.. batch, inner, columns]));
        int[] shape = [.. batch, rows, columns];
        var result = call.Allocate(shape);
        var matrices = Tensor.CountOf(batch);
        call.CheckWork(matrices, rows, inner, columns);
        for (var matrix = 0; matrix < matrices; matrix++)
            for (var row = 0; row < rows; row++)
                for (var i = 0; i < inner; i++)
                {
                    var factor = a.Values[(matrix * rows + row) * inner + i];
                    var source = b.Values.AsSpan((matrix * inner + i) * columns, columns);
                    var target = result.AsSpan((matrix * rows + row) * columns, columns);
                    for (var column = 0; column < columns; column++)
                        target[column] += factor * source[column];
                }

        return new Tensor([.. batch, .. left.Rank == 1 ? Array.Empty<int>() : [rows], .. right.Rank == 1 ? Array.Empty<int>() : [columns]], result);
    }

    public static Tensor Gemm(OperatorCall call)
    {
        call.Demand(call[0].Rank == 2 && call[1].Rank == 2, "expected two matrices");
        var (alpha, beta) = (call.Node.Attribute("alpha", 1.0), call.Node.Attribute("beta", 1.0));
        var product = MatMul(call with { Inputs = [Turned("transA", 0), Turned("transB", 1)] });
        for (var i = 0; i < product.Count; i++)
            product.Values[i] *= alpha;
        if (call.Optional(2) is not { } bias)
            return product;
        call.Demand(Movement.BroadcastShape(call, product.Shape, bias.Shape).AsSpan().SequenceEqual(product.Shape), $"a bias {Tensor.Describe(bias.Shape)} does not fit");
        bias = Movement.Broadcast(call, bias, product.Shape);
        for (var i = 0; i < product.Count; i++)
            product.Values[i] += beta * bias.Values[i];
        return product;

        Tensor Turned(string attribute, int input) => call.Node.Integer(attribute, 0) == 0 ? call[input] : Transposed(call[input]);
    }

    /// <summary>A convolution over one axis, or one whose kernel is one position long over any.</summary>
    public static Tensor Conv(OperatorCall call)
    {
        if (!IsPoint(call) && call.Node.Integer("group", 1) == 1 && ConvolutionGeometry.OverOneAxis(call) is { } over)
            return ConvolutionGeometry.Restore(ConvOverOneAxis(over.Call), call[0], over.Axis);

        var (data, kernel) = (call[0], PointKernel(call));
        var (inputs, outputs) = (data.Shape[1], kernel.Shape[0]);
        call.Demand(kernel.Shape[1] == inputs, $"a kernel {Tensor.Describe(call[1].Shape)} does not fit {Tensor.Describe(data.Shape)}");
        var positions = (int)Tensor.CountOf(data.Shape.AsSpan(2));
        int[] shape = [data.Shape[0], outputs, .. data.Shape.AsSpan(2)];
        var result = call.Allocate(shape);
        call.CheckWork(data.Shape[0], outputs, inputs, positions);
        for (var i = 0; i < result.Length; i++)
        {
            var (sample, output, position) = (i / positions / outputs, i / positions % outputs, i % positions);
            result[i] = call.Optional(2)?.Values[output] ?? 0;
            for (var input = 0; input < inputs; input++)
                result[i] += kernel.Values[output * inputs + input] * data.Values[(sample * inputs + input) * positions + position];
        }

        return new Tensor(shape, result);
    }

    private static Tensor ConvOverOneAxis(OperatorCall call)
    {
        var (data, kernel, bias) = (call[0], call[1], call.Optional(2));
        var (inputs, outputs, positions) = (data.Shape[1], kernel.Shape[0], data.Shape[2]);
        call.Demand(kernel.Shape[1] == inputs, $"a kernel {Tensor.Describe(kernel.Shape)} does not fit {Tensor.Describe(data.Shape)}");
        call.Demand(bias is null || bias.Count == outputs, $"expected a bias of {outputs} numbers");
        var geometry = ConvolutionGeometry.Of(call, positions, kernel.Shape[2]);
        int[] shape = [data.Shape[0], outputs, geometry.Count(positions)];
        var result = call.Allocate(shape);
        call.CheckWork(result.Length, inputs, geometry.KernelSize);
        for (var i = 0; i < result.Length; i++)
        {
            var (sample, output, start) = (i / shape[2] / outputs, i / shape[2] % outputs, i % shape[2] * geometry.Stride - geometry.Before);
            result[i] = bias?.Values[output] ?? 0;
            for (var tap = 0; tap < geometry.KernelSize; tap++)
                if (start + tap * geometry.Dilation is var position && position >= 0 && position < positions)
                    for (var input = 0; input < inputs; input++)
                        result[i] += kernel.Values[(output * inputs + input) * geometry.KernelSize + tap] * data.Values[(sample * inputs + input) * positions + position];
        }

        return new Tensor(shape, result);
    }

    /// <summary>The kernel of a convolution that looks at one position, outputs × inputs.</summary>
    /// <exception cref="UnsupportedModelException">It looks at several.</exception>
    public static Tensor PointKernel(OperatorCall call)
    {
        var (data, kernel) = (call[0], call[1]);
        call.Demand(data.Rank >= 3 && kernel.Rank == data.Rank, $"expected data and a kernel of as many dimensions, found {Tensor.Describe(data.Shape)} and {Tensor.Describe(kernel.Shape)}");
        call.Demand(call.Optional(2) is not { } bias || bias.Count == kernel.Shape[0], $"expected a bias of {kernel.Shape[0]} numbers");
        if (!IsPoint(call))
        {
            throw new UnsupportedModelException(
                $"node {call.Node}: NanoRnn has no layer for a convolution over several axes or in groups, kernel {Tensor.Describe(kernel.Shape)}. " +
                "Cut the model behind it and compute the convolution beforehand.");
        }

        return kernel.Reshape(kernel.Shape[0], kernel.Shape[1]);
    }

    /// <summary>Whether a convolution looks at one position, and has an output for each.</summary>
    public static bool IsPoint(OperatorCall call) => call[1].Shape.Skip(2).All(size => size == 1) && (call.Node.Integers("strides") ?? []).All(stride => stride == 1)
        && (call.Node.Integers("pads") ?? []).All(pad => pad == 0) && call.Node.Integer("group", 1) == 1;

    /// <summary>A tensor of three dimensions with these in the other order.</summary>
    public static Tensor Reversed(Tensor tensor)
    {
        var (first, second, third) = (tensor.Shape[0], tensor.Shape[1], tensor.Shape[2]);
        var result = new double[tensor.Count];
        for (var i = 0; i < result.Length; i++)
            result[i] = tensor.Values[(i % first * second + i / first % second) * third + i / first / second];
        return new Tensor([third, second, first], result);
    }

    public static Tensor Transposed(Tensor matrix)
    {
        var (rows, columns) = (matrix.Shape[0], matrix.Shape[1]);
        var result = new double[matrix.Count];
        for (var i = 0; i < result.Length; i++)
            result[i] = matrix.Values[i % rows * columns + i / rows];
        return new Tensor([columns, rows], result);
    }
}
