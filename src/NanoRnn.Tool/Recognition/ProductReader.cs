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

        if (inputs is [{ IsConstant: false }, { IsConstant: false }])
            return Attend();

        // W·x is the transpose of xᵀ·Wᵀ.
        if (right.Rank == 1)
            return left.Rank == 1 ? Dropped(Rows(right, left.Reshape(left.Count, 1))) : Rows(right, Products.Transposed(AsMatrix(left)));
        var product = Rows(Swapped(right), Products.Transposed(left.Rank == 1 ? left.Reshape(1, left.Count) : AsMatrix(left)));
        return left.Rank == 1 ? Dropped(product) : new Symbol(Swapped(product.Tensor), IsConstant: false);
    }

    /// <summary>Queries with keys, or the softmax of that with values: a product for each head.</summary>
    private Symbol Attend()
    {
        call.Demand(call[0].Rank >= 2 && call[1].Rank >= 2, "expected two matrices");
        var (left, right) = (call[0], Swapped(call[1]));
        call.Demand(right.Rank == left.Rank && left.Shape.AsSpan(0, left.Rank - 2).SequenceEqual(right.Shape.AsSpan(0, left.Rank - 2)) && left.Shape[^1] == right.Shape[^1],
            $"shapes {Tensor.Describe(left.Shape)} and {Tensor.Describe(call[1].Shape)} do not fit");
        var (rows, inner, columns) = (left.Shape[^2], left.Shape[^1], right.Shape[^2]);
        var results = new List<double>();
        int[] shape = [.. left.Shape[..^1], columns];
        for (var head = 0; head < Tensor.CountOf(left.Shape.AsSpan(0, left.Rank - 2)); head++)
        {
            var steps = new Tensor([columns, inner], right.Values.AsSpan(head * columns * inner, columns * inner).ToArray());
            results.AddRange(map.MapRows(call.Node, new Tensor([rows, inner], left.Values.AsSpan(head * rows * inner, rows * inner).ToArray()), row =>
                row is Value.Softmax { Source: Value.Scores or Value.Scale { Source: Value.Scores } } && map.Builder.Attention(row, Sequence(Swapped(steps))) is { } attention ? attention
                    : map.Builder.Scores(row, Sequence(steps))).Tensor.Values);
        }

        return Symbol.Elements(shape, [.. results]);
    }

    /// <summary>Scores that are sums over features of a function of query and key.</summary>
    public Symbol Scores()
    {
        call.Demand(call[0].Rank == 3 && call[1].Rank == 3 && call[0].Shape[0] == 1 && call[1].Shape[0] == 1, "expected query and key as three dimensions of one sequence");
        var keys = Sequence(call[1].Reshape([.. call[1].Shape.AsSpan(1)]));
        return map.MapRows(call.Node, call[0], row => map.Builder.Scores(row, keys, call[2].Values));
    }

    /// <summary>A matrix whose rows are the steps of a value in their order.</summary>
    private Value Sequence(Tensor matrix)
    {
        Value? sequence = null;
        var rows = map.MapRows(call.Node, matrix, row => sequence = row);
        return sequence?.Axis?.Count == matrix.Shape[0] && rows.Tensor.Values.SequenceEqual(Enumerable.Range(0, matrix.Count).Select(i => map.Table.NumberOf(sequence, i / matrix.Shape[1], i % matrix.Shape[1])))
            ? sequence : throw Refuse("multiplies two computed matrices that are no sequences");
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
        if (!Products.IsPoint(call) && call.Node.Integer("group", 1) == 1 && ConvolutionGeometry.OverOneAxis(call) is { } over)
            return new Symbol(ConvolutionGeometry.Restore(new WindowReader(map, over.Call).Convolution(), call[0], over.Axis), IsConstant: false);

        var data = call[0];
        var kernel = Products.PointKernel(call);
        var (samples, channels, positions) = (data.Shape[0], data.Shape[1], (int)Tensor.CountOf(data.Shape.AsSpan(2)));
        var product = Rows(Swapped(data.Reshape(samples, channels, positions)), Products.Transposed(kernel), 1, call.Optional(2)?.Values);
        return new Symbol(Swapped(product.Tensor).Reshape([samples, kernel.Shape[0], .. data.Shape.AsSpan(2)]), IsConstant: false);
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
