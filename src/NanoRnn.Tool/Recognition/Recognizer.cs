using NanoRnn.Tool.Graphs;
using NanoRnn.Tool.Operators;

namespace NanoRnn.Tool.Recognition;

/// <summary>
/// Goes through a graph for an input of a fixed number of steps and finds what it computes at each of them. Constants are computed; operators
/// that move numbers move the numbers of elements; all others become values.
/// </summary>
/// <param name="graph">The graph.</param>
/// <param name="map">Elements and values.</param>
internal sealed class Recognizer(OperatorGraph graph, ElementMap map)
{
    private readonly ElementBudget _budget = new(graph.ElementLimit);

    private ValueBuilder Builder => map.Builder;

    /// <summary>The outputs of the graph.</summary>
    /// <param name="inputs">Its inputs by name.</param>
    public Symbol[] Run(IReadOnlyDictionary<string, Symbol> inputs) =>
        Interpreter.Walk(graph, inputs, Symbol.Constant, symbol => symbol.IsConstant ? symbol.Tensor : null, Run);

    private Symbol[] Run(OperatorNode node, Symbol?[] inputs)
    {
        var call = new OperatorCall(node, Array.ConvertAll(inputs, input => input?.Tensor), graph.OperatorSet, _budget);
        if (inputs.All(input => input is null or { IsConstant: true }) || node.Kind is "Shape" or "Size")
            return Array.ConvertAll(OperatorTable.Run(call), Symbol.Constant);
        if (node.Kind is "LSTM" or "GRU" or "RNN")
            return new RecurrentReader(map, call, inputs).Read();
        if (OperatorTable.IsMoving(node) && IsMoved(node, inputs))
            return Array.ConvertAll(OperatorTable.Run(call), tensor => new Symbol(tensor, IsConstant: false));
        return [RunOne(call, inputs)];
    }

    private Symbol RunOne(OperatorCall call, Symbol?[] inputs)
    {
        var node = call.Node;
        switch (node.Kind)
        {
            case "Cast":
                var isReal = node.Integer("to", 1) is 1 or 10 or 11 or 16;
                var isTokens = call[0].Count > 0 && map.Table[call[0].Values[0]].Value is Value.Tokens;
                return isReal != isTokens ? inputs[0]!
                    : throw Refuse(node, isReal ? "makes numbers of token ids" : "makes integers of what the model computes", "Cut the model there.");
            case "Gather" when inputs is [{ IsConstant: true }, { IsConstant: false }]:
                return Embed(call);
            case "Where" when inputs is [{ IsConstant: true }, { IsConstant: false }, { IsConstant: false }]:
                return new Symbol(Elementwise.Where(call), IsConstant: false);
            case "Pad" when inputs.Skip(1).All(input => input is null or { IsConstant: true }):
                return new Symbol(Movement.Pad(call, ElementTable.Zero), IsConstant: false);
            case "MaxPool" or "AveragePool":
                var (over, overAxis) = ConvolutionGeometry.OverOneAxis(call) ?? throw Refuse(node, "goes over several axes", "Cut the model there.");
                return new Symbol(ConvolutionGeometry.Restore(new WindowReader(map, over).Pooling(), call[0], overAxis), IsConstant: false);
            case "GlobalMaxPool" or "GlobalAveragePool":
                return Reduce(Pooling.AsReduction(call));
            case "PRelu" when inputs is [{ IsConstant: false }, { IsConstant: true }]:
                return WithNumbers(call, call[0], call[1], Builder.SlopedRelu);
            case AdditiveScores.Kind when inputs is [{ IsConstant: false }, { IsConstant: false }, { IsConstant: true }]:
                return new ProductReader(map, call, inputs).Scores();
            case "MatMul" or "Gemm" or "Conv":
                return new ProductReader(map, call, inputs).Read();
            case "BatchNormalization":
                var channels = call[0].Shape[1];
                var (scale, shift) = Elementwise.BatchAffine(call, channels);
                int[] shape = [channels, .. Enumerable.Repeat(1, call[0].Rank - 2)];
                var scaled = WithConstant(call, "Mul", call[0], new Tensor(shape, scale), isConstantFirst: false);
                return WithConstant(call, "Add", scaled.Tensor, new Tensor(shape, shift), isConstantFirst: false);
            case "Softmax" when inputs[0] is { IsConstant: false }:
                var axis = Reductions.SoftmaxAxis(call);
                return new Symbol(Turn(map.MapRows(node, Turn(call[0], axis), Builder.Softmax).Tensor, axis), IsConstant: false);
            case "LayerNormalization" when inputs is [{ IsConstant: false }, { IsConstant: true }, ..]:
                call.Demand(call.Axis(node.Integer("axis", -1), call[0].Rank) == call[0].Rank - 1, "a normalization over several axes is not supported");
                return map.MapRows(node, call[0], source => ValueBuilder.Normalized(
                    source, call[1].Values, call.Optional(2)?.Values ?? new double[call[1].Count], node.Attribute("epsilon", 1e-5)));
            case "ReduceMean" or "ReduceSum" or "ReduceMax":
                return Reduce(call);
        }

        if (inputs.Length >= 2 && node.Kind is "Add" or "Sub" or "Mul" or "Div" or "Pow" or "Sum")
            return Enumerable.Range(1, inputs.Length - 1).Aggregate(inputs[0]!, (left, i) => Combine(call, left, inputs[i]!));
        if (Functions.Of(call) is { } function && inputs.Skip(1).All(input => input is null or { IsConstant: true }))
            return Apply(node, call[0], function);
        throw Reductions.Find(node.Kind) is not null || node.Kind is "Min" or "Max"
            ? Refuse(node, "takes the largest or smallest of computed numbers", "Cut the model there.")
            : OperatorTable.Unknown(node);
    }

    private Symbol Apply(OperatorNode node, Tensor tensor, ScalarFunction function) => map.Map(
        tensor.Shape, [.. map.Read(node, tensor).Select(element => (element.Step, (element.Value, element.Feature)))],
        kinds => Builder.Function(map.Resolve(kinds), function));

    private Symbol Combine(OperatorCall call, Symbol left, Symbol right)
    {
        var kind = call.Node.Kind;
        if (left.IsConstant || right.IsConstant)
            return left.IsConstant ? WithConstant(call, kind, right.Tensor, left.Tensor, isConstantFirst: true) : WithConstant(call, kind, left.Tensor, right.Tensor, isConstantFirst: false);
        var shape = Movement.BroadcastShape(call, left.Tensor.Shape, right.Tensor.Shape);
        var pairs = map.ReadPairs(call.Node, Movement.Broadcast(call, left.Tensor, shape), Movement.Broadcast(call, right.Tensor, shape));
        return map.Map(shape, [.. pairs.Select(pair => (pair.Left.Step, ((pair.Left.Value, pair.Left.Feature), (pair.Right.Value, pair.Right.Feature))))], kinds =>
        {
            var (first, second) = (map.Resolve([.. kinds.Select(feature => feature.Item1)]), map.Resolve([.. kinds.Select(feature => feature.Item2)]));
            return kind switch
            {
                "Add" or "Sum" => Builder.Merge(MergeKind.Add, first, second),
                "Sub" => Builder.Merge(MergeKind.Subtract, first, second),
                "Mul" => Builder.Merge(MergeKind.Multiply, first, second),
                "Div" => Builder.Merge(MergeKind.Multiply, first, Builder.Function(second, new ScalarFunction("Reciprocal"))),
                _ => throw Refuse(call.Node, "raises a computed number to a computed power", "Cut the model there."),
            };
        });
    }

    private Symbol WithConstant(OperatorCall call, string kind, Tensor elements, Tensor constant, bool isConstantFirst) => WithNumbers(call, elements, constant, (source, values) =>
    {
        var (ones, zeros) = (Array.ConvertAll(values, _ => 1.0), new double[values.Length]);
        return (kind, isConstantFirst) switch
        {
            ("Add" or "Sum", _) => Builder.Scale(source, ones, values),
            ("Sub", false) => Builder.Scale(source, ones, Array.ConvertAll(values, value => -value)),
            ("Sub", true) => Builder.Scale(source, Array.ConvertAll(values, _ => -1.0), values),
            ("Mul", _) => Builder.Scale(source, values, zeros),
            ("Div", false) => Builder.Scale(source, Array.ConvertAll(values, value => 1 / value), zeros),
            ("Div", true) => Builder.Scale(Builder.Function(source, new ScalarFunction("Reciprocal")), values, zeros),
            ("Pow", false) when values.All(value => value == values[0]) => values[0] == 1 ? source
                : Builder.Function(source, values[0] == 2 ? new ScalarFunction("Square") : new ScalarFunction("Pow", values[0])),
            _ => throw Refuse(call.Node, "has several exponents, or a computed one", "Cut the model there."),
        };
    });

    /// <summary>What is made of each element and a number of its own.</summary>
    private Symbol WithNumbers(OperatorCall call, Tensor elements, Tensor constant, Func<Value, double[], Value> create)
    {
        var shape = Movement.BroadcastShape(call, elements.Shape, constant.Shape);
        var numbers = Movement.Broadcast(call, constant, shape).Values;
        var read = map.Read(call.Node, Movement.Broadcast(call, elements, shape));
        var keys = read.Select((element, i) => (element.Step, (element.Value, element.Feature, Number: numbers[i]))).ToArray();
        if (keys.DistinctBy(key => key.Item2).Count() > keys.Length / Math.Max(1, keys.DistinctBy(key => key.Step).Count()))
            throw Refuse(call.Node, "has another number for every time step", "Give them to the model as features.");
        return map.Map(shape, keys, kinds => create(map.Resolve([.. kinds.Select(key => (key.Value, key.Feature))]), [.. kinds.Select(key => key.Number)]));
    }

    private Symbol Reduce(OperatorCall call)
    {
        // The rows of elements that become one: features of a step, or a feature at all steps.
        var (rows, kept) = Reductions.MoveLast(call, Reductions.ReducedAxes(call));
        if (rows.Count == 0)
            return Symbol.Elements(kept, []);
        var matrix = new Tensor([rows.Count, rows[0].Length], [.. rows.SelectMany(row => row)]);
        if (AcrossSteps(call, matrix) is { } features)
        {
            if (call.Node.Kind == "ReduceSum")
                throw Refuse(call.Node, "adds up all time steps", "Take their mean.");
            return map.Map(kept, [.. features.Select(feature => (-1, feature))], kinds => Builder.GlobalPooling(map.Resolve(kinds), call.Node.Kind == "ReduceMax"));
        }

        if (call.Node.Kind == "ReduceMax")
            throw Refuse(call.Node, "takes the largest of the features", "Cut the model there.");
        var reduced = map.MapRows(call.Node, matrix, source =>
            call.Node.Kind == "ReduceMean" ? Builder.Mean(source) : ValueBuilder.Affine(source, [.. Enumerable.Repeat(1.0, source.Features)]));
        return new Symbol(reduced.Tensor.Reshape(kept), IsConstant: false);
    }

    /// <summary>The features whose elements at all steps are the rows of a matrix, or null.</summary>
    private (Value Value, int Feature)[]? AcrossSteps(OperatorCall call, Tensor matrix)
    {
        var (elements, length) = (map.Read(call.Node, matrix), matrix.Shape[1]);
        var features = elements.Where((_, i) => i % length == 0).Select(element => (element.Value, element.Feature)).ToArray();
        return features[0].Value.Axis is { } axis && axis.Count == length && length > 1
            && elements.Index().All(item => item.Item.Step == item.Index % length && (item.Item.Value, item.Item.Feature) == features[item.Index / length]) ? features : null;
    }

    /// <summary>Vectors of tokens, from a table of constants.</summary>
    private Symbol Embed(OperatorCall call)
    {
        var (table, tokens) = (call[0], call[1]);
        var elements = map.Read(call.Node, tokens);
        if (call.Node.Integer("axis", 0) != 0 || table.Rank != 2 || elements.Any(element => element.Value is not Value.Tokens))
            throw Refuse(call.Node, "looks up something that is no token in a table of vectors", "Cut the model there.");
        return map.MapRows(call.Node, tokens.Reshape([.. tokens.Shape, 1]), source => new Value.Embedding(source, table.Shape[1], table.Values));
    }

    private static bool IsMoved(OperatorNode node, Symbol?[] inputs)
    {
        if (node.Kind != "Concat")
            return inputs[0] is { IsConstant: false } && inputs.Skip(1).All(input => input is null or { IsConstant: true });
        return inputs.All(input => input is { IsConstant: false }) ? true
            : throw Refuse(node, "puts constants beside computed numbers", "Give them to the model as features.");
    }

    /// <summary>An axis exchanged with the last one.</summary>
    private static Tensor Turn(Tensor tensor, int axis)
    {
        if (axis == tensor.Rank - 1)
            return tensor;
        var order = Enumerable.Range(0, tensor.Rank).Select(i => (long)i).ToArray();
        (order[axis], order[^1]) = (order[^1], order[axis]);
        var node = new OperatorNode("Transpose", "", [], [""]) { Attributes = new() { ["perm"] = order } };
        return Movement.Transpose(new OperatorCall(node, [tensor], 22, new ElementBudget(tensor.Count)));
    }

    private static UnsupportedModelException Refuse(OperatorNode node, string reason, string advice) =>
        new($"node {node}: {reason}, which NanoRnn has no layer for. {advice}");
}
