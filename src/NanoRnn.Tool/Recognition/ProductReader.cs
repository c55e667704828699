using NanoRnn.Tool.Graphs;
using NanoRnn.Tool.Operators;

namespace NanoRnn.Tool.Recognition;

/// <summary>Finds affine maps in products of a computed matrix and a constant one.</summary>
/// <param name="map">Elements and values.</param>
/// <param name="call">The operator.</param>
/// <param name="inputs">What it reads.</param>
internal sealed class ProductReader(ElementMap map, OperatorCall call, Symbol?[] inputs)
{
    public Symbol Read() => call.Node.Kind switch
    {
        "MatMul" => MatMul(),
        "Gemm" => Gemm(),
        _ => Conv(),
    };

    private Symbol MatMul()
    {
        var (left, right) = (call[0], call[1]);
        if (inputs is [{ IsConstant: false }, { IsConstant: true }])
        {
            if (right.Rank == 1)
                return Dropped(Rows(left, right.Reshape(right.Count, 1)));
            return Rows(left, AsMatrix(right));
        }

        if (inputs is not [{ IsConstant: true }, { IsConstant: false }])
            throw Refuse("multiplies two computed matrices");

        // W·x is the transpose of xᵀ·Wᵀ.
        if (right.Rank == 1)
            return left.Rank == 1 ? Dropped(Rows(right, left.Reshape(left.Count, 1))) : Rows(right, Products.Transposed(AsMatrix(left)));
        var product = Rows(Swapped(right), Products.Transposed(left.Rank == 1 ? left.Reshape(1, left.Count) : AsMatrix(left)));
        return left.Rank == 1 ? Dropped(product) : new Symbol(Swapped(product.Tensor), IsConstant: false);
    }

    private Symbol Gemm()
    {
        if (inputs is not [{ IsConstant: false }, { IsConstant: true }, ..] || inputs.ElementAtOrDefault(2) is { IsConstant: false })
            throw Refuse("multiplies two computed matrices, or adds a computed one");
        call.Demand(call[0].Rank == 2 && call[1].Rank == 2, "expected two matrices");
        var alpha = call.Node.Attribute("alpha", 1.0);
        var matrix = call.Node.Integer("transB", 0) == 0 ? call[1] : Products.Transposed(call[1]);
        var left = call.Node.Integer("transA", 0) == 0 ? call[0] : Swapped(call[0]);
        if (call.Optional(2) is not { } bias)
            return Rows(left, matrix, alpha);
        var beta = call.Node.Attribute("beta", 1.0);
        call.Demand(bias.Rank <= 2 && (bias.Count == 1 || bias.Count == matrix.Shape[1] && bias.Shape[^1] == bias.Count), $"a bias {Tensor.Describe(bias.Shape)} does not fit");
        return Rows(left, matrix, alpha, [.. Enumerable.Range(0, matrix.Shape[1]).Select(i => beta * bias.Values[bias.Count == 1 ? 0 : i])]);
    }

    private Symbol Conv()
    {
        if (inputs is not [{ IsConstant: false }, { IsConstant: true }, ..] || inputs.ElementAtOrDefault(2) is { IsConstant: false })
            throw Refuse("has a computed kernel or bias");
        var data = call[0];
        if (data.Rank == 3 && call[1].Rank == 3 && call[1].Shape[2] > 1 && data.Shape[2] == map.Table.Steps && call.Node.Integer("group", 1) == 1)
            return OverTime();
        var kernel = Products.PointKernel(call);
        var (samples, channels, positions) = (data.Shape[0], data.Shape[1], (int)Tensor.CountOf(data.Shape.AsSpan(2)));
        var product = Rows(Swapped(data.Reshape(samples, channels, positions)), Products.Transposed(kernel), 1, call.Optional(2)?.Values);
        return new Symbol(Swapped(product.Tensor).Reshape([samples, kernel.Shape[0], .. data.Shape.AsSpan(2)]), IsConstant: false);
    }

    /// <summary>A convolution of the features at all steps, with an output for each.</summary>
    private Symbol OverTime()
    {
        var (data, kernel) = (call[0], call[1]);
        var (channels, steps, outputs) = (data.Shape[1], data.Shape[2], kernel.Shape[0]);
        var geometry = ConvolutionGeometry.Of(call, steps);
        call.Demand(data.Shape[0] == 1 && kernel.Shape[1] == channels, $"a kernel {Tensor.Describe(kernel.Shape)} does not fit {Tensor.Describe(data.Shape)}");
        call.Demand(call.Optional(2) is not { } bias || bias.Count == outputs, $"expected a bias of {outputs} numbers");
        var isCausal = (geometry.Before, geometry.Behind) == (geometry.Span - 1, 0);
        var isSame = geometry.Before == (geometry.Span - 1) / 2 && geometry.Before + geometry.Behind == geometry.Span - 1;
        if (geometry.Stride != 1 || !isCausal && !isSame)
        {
            throw new UnsupportedModelException(
                $"node {call.Node}: is a convolution with an output for other than every time step, which the tool does not import. Write [Conv1D] by hand (docs/layers.md), and load the weights.");
        }

        var elements = map.Read(call.Node, data);
        var first = Enumerable.Range(0, channels).Select(channel => (elements[channel * steps].Value, elements[channel * steps].Feature)).ToArray();
        if (elements.Index().Any(item => item.Item.Step != item.Index % steps || (item.Item.Value, item.Item.Feature) != first[item.Index / steps]))
            throw Refuse("goes over another axis than the time steps in their order");
        var values = new double[kernel.Count];
        for (var i = 0; i < values.Length; i++)
            values[i] = kernel.Values[(i % outputs * channels + i / outputs % channels) * geometry.KernelSize + i / outputs / channels];
        var convolution = new Value.Convolution(map.Resolve(first), values, call.Optional(2)?.Values, geometry.KernelSize, geometry.Dilation, isCausal);
        return Symbol.Elements([1, outputs, steps], [.. Enumerable.Range(0, outputs * steps).Select(i => map.Table.NumberOf(convolution, i % steps, i / steps))]);
    }

    private Symbol Rows(Tensor elements, Tensor matrix, double factor = 1, double[]? bias = null)
    {
        call.Demand(elements.Shape[^1] == matrix.Shape[0], $"shapes {Tensor.Describe(call[0].Shape)} and {Tensor.Describe(call[1].Shape)} do not fit");
        var kernel = factor == 1 ? matrix.Values : Array.ConvertAll(matrix.Values, weight => factor * weight);
        return map.MapRows(call.Node, elements, source => ValueBuilder.Affine(source, kernel, bias));
    }

    private Tensor AsMatrix(Tensor tensor) => tensor.Shape[..^2].All(size => size == 1) ? tensor.Reshape(tensor.Shape[^2..])
        : throw Refuse($"multiplies by several matrices, {Tensor.Describe(tensor.Shape)}");

    /// <summary>Without the last axis, which is 1.</summary>
    private static Symbol Dropped(Symbol symbol) => new(symbol.Tensor.Reshape(symbol.Tensor.Shape[..^1]), IsConstant: false);

    /// <summary>The last two axes exchanged.</summary>
    private Tensor Swapped(Tensor tensor)
    {
        var order = Enumerable.Range(0, tensor.Rank).Select(axis => (long)axis).ToArray();
        (order[^2], order[^1]) = (order[^1], order[^2]);
        return Movement.Transpose(call with { Inputs = [tensor], Node = call.Node with { Attributes = new() { ["perm"] = order } } });
    }

    private UnsupportedModelException Refuse(string reason) => new($"node {call.Node}: {reason}, which NanoRnn has no layer for. Cut the model there.");
}
