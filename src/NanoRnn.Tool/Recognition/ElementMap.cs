using NanoRnn.Tool.Graphs;
using NanoRnn.Tool.Operators;

namespace NanoRnn.Tool.Recognition;

/// <summary>Makes values of tensors of elements, and tensors of the elements of values.</summary>
/// <param name="table">The elements.</param>
/// <param name="builder">The values.</param>
internal sealed class ElementMap(ElementTable table, ValueBuilder builder)
{
    public ElementTable Table => table;

    public ValueBuilder Builder => builder;

    /// <summary>The elements of a tensor, all of every step of one axis, or all of none or the last step.</summary>
    /// <exception cref="UnsupportedModelException">They are of other steps.</exception>
    public Element[] Read(OperatorNode node, Tensor tensor)
    {
        if (tensor.Values.Contains(ElementTable.Zero))
            throw new UnsupportedModelException($"node {node}: reads zeros beside what the model computes, which NanoRnn has no layer for but a convolution over time. Cut the padding out of the model.");
        var elements = Array.ConvertAll(tensor.Values, number => table[number]);
        var axes = elements.Select(element => element.Value).Distinct().Select(value => value.Axis).Distinct().ToArray();
        if (axes is [] or [null])
            return elements;
        var steps = elements.Select(element => element.Step).Distinct().Order().ToArray();
        if (axes is [{ } axis] && steps.Index().All(item => item.Item == item.Index))
        {
            if (steps.Length == axis.Count)
                return elements;
            if (elements.Select(element => element.Value).Distinct().ToDictionary(value => value, value => builder.First(value, steps.Length)) is var firsts && firsts.Values.All(first => first is not null))
                return Array.ConvertAll(elements, element => element with { Value = firsts[element.Value]! });
        }

        // One vector of the sequence, alone or beside others that are of the whole sequence.
        if (elements.All(element => element.Value.Axis is not { } own || element.Step == own.Count - 1))
            return Array.ConvertAll(elements, LastOf);
        throw axes.Contains(null)
            ? new UnsupportedModelException($"node {node}: puts together what is at every time step and what is once a sequence, which NanoRnn has no layer for.")
            : axes.Length > 1 ? OtherSteps(node)
            : new UnsupportedModelException(
                $"node {node}: takes {(steps.Length == 1 ? $"step {steps[0]}" : $"{steps.Length} steps")} of {axes[0]!.Count}, where NanoRnn has layers for all steps or the last one. " +
                "Cut the model there.");
    }

    /// <summary>Elements of two tensors side by side, at the same steps.</summary>
    public (Element Left, Element Right)[] ReadPairs(OperatorNode node, Tensor left, Tensor right)
    {
        var (first, second) = (Read(node, left), Read(node, right));
        if (table.Axis.Count == 1 && first.Any(element => element.Step < 0) != second.Any(element => element.Step < 0))
            (first, second) = (Array.ConvertAll(first, LastOf), Array.ConvertAll(second, LastOf));
        var pairs = first.Zip(second).ToArray();
        if (pairs.Any(pair => pair.First.Value.Axis is not null && pair.Second.Value.Axis is not null && pair.First.Value.Axis != pair.Second.Value.Axis))
            throw OtherSteps(node);
        return Array.TrueForAll(pairs, pair => pair.First.Step == pair.Second.Step) ? pairs
            : throw new UnsupportedModelException(pairs.Any(pair => pair.First.Step < 0 || pair.Second.Step < 0)
                ? $"node {node}: puts together what is at every time step and what is once a sequence, which NanoRnn has no layer for."
                : $"node {node}: puts different time steps together, which NanoRnn has no layer for. Give the model its past values as features.");
    }

    /// <summary>A value with some features of others, side by side.</summary>
    public Value Resolve(IReadOnlyList<(Value Value, int Feature)> features)
    {
        var sources = features.Select(feature => feature.Value).Distinct().ToArray();
        if (sources.Length == 1)
            return builder.Select(sources[0], [.. features.Select(feature => feature.Feature)]);

        // Runs of one value's features side by side.
        var runs = new List<(Value Value, List<int> Indices)>();
        foreach (var (value, feature) in features)
        {
            if (runs.Count == 0 || runs[^1].Value != value)
                runs.Add((value, []));
            runs[^1].Indices.Add(feature);
        }

        if (runs.Count <= 2 * sources.Length)
            return builder.Concatenate([.. runs.Select(run => builder.Select(run.Value, [.. run.Indices]))]);
        var starts = new Dictionary<Value, int>();
        foreach (var source in sources)
            starts.Add(source, starts.Sum(start => start.Key.Features));
        return builder.Select(builder.Concatenate(sources), [.. features.Select(feature => starts[feature.Value] + feature.Feature)]);
    }

    /// <summary>A tensor of what is made of each element, which may be of several kinds.</summary>
    /// <param name="shape">Its shape.</param>
    /// <param name="keys">The step and the kind of each element.</param>
    /// <param name="create">A value with one feature for each kind.</param>
    public Symbol Map<TKey>(int[] shape, IReadOnlyList<(int Step, TKey Kind)> keys, Func<IReadOnlyList<TKey>, Value> create)
        where TKey : notnull
    {
        var features = new Dictionary<TKey, int>();
        foreach (var (_, kind) in keys)
            features.TryAdd(kind, features.Count);
        if (features.Count == 0)
            return Symbol.Elements(shape, []);
        var value = create([.. features.Keys]);
        return Symbol.Elements(shape, [.. keys.Select(key => table.NumberOf(value, key.Step, features[key.Kind]))]);
    }

    /// <summary>What is made of the rows along the last axis, each with as many results.</summary>
    /// <param name="node">The operator.</param>
    /// <param name="tensor">The rows.</param>
    /// <param name="create">The value of a row's features.</param>
    public Symbol MapRows(OperatorNode node, Tensor tensor, Func<Value, Value> create)
    {
        var (length, elements) = (tensor.Shape[^1], Read(node, tensor));
        var created = new Dictionary<string, Value>(StringComparer.Ordinal);
        var result = new List<double>();
        var width = 0;
        for (var start = 0; start < elements.Length; start += length)
        {
            var row = elements.AsSpan(start, length).ToArray();
            var step = row[0].Step;
            if (row.Any(element => element.Step != step))
                throw new UnsupportedModelException($"node {node}: goes over time steps, which NanoRnn has no layer for. Cut the model there.");
            var key = string.Join(',', row.Select(element => table.NumberOf(element.Value, 0, element.Feature)));
            if (!created.TryGetValue(key, out var value))
                created.Add(key, value = create(Resolve([.. row.Select(element => (element.Value, element.Feature))])));
            width = value.Features;
            for (var feature = 0; feature < width; feature++)
                result.Add(table.NumberOf(value, step, feature));
        }

        return Symbol.Elements([.. tensor.Shape[..^1], width], [.. result]);
    }

    private static UnsupportedModelException OtherSteps(OperatorNode node) =>
        new($"node {node}: puts together the steps of layers that see their input in different windows, which NanoRnn has no layer for. Give them the same kernel, strides and padding.");

    /// <summary>The same element of the last step, as a value that is once a sequence.</summary>
    private Element LastOf(Element element) => element.Step < 0 ? element : new(builder.Last(element.Value), -1, element.Feature);
}
