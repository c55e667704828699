namespace NanoRnn.Tool.Recognition;

/// <summary>Finds for every input with a state the output with the new one, element by element.</summary>
/// <param name="map">Elements and values.</param>
/// <param name="states">The inputs.</param>
internal sealed class StatePairing(ElementMap map, IReadOnlyList<Value.State> states)
{
    /// <exception cref="UnsupportedModelException">An input has none.</exception>
    public IReadOnlyList<StatePair> Pair(IReadOnlyList<(string Name, Symbol Symbol)> outputs)
    {
        var elements = outputs.Where(output => !output.Symbol.IsConstant)
            .Select(output => (output.Name, Elements: Array.ConvertAll(output.Symbol.Tensor.Values, number => map.Table[number]))).ToArray();
        var layers = Layers(elements.SelectMany(output => output.Elements).Select(element => element.Value));
        var pairs = new List<StatePair>();
        foreach (var state in states)
        {
            // Which new state takes the place of each element.
            var successors = new Func<Element, bool>?[state.Features];
            foreach (var layer in layers)
            {
                Add(layer.Hidden, (element, unit) => element.Value is Value.Recurrent recurrent && recurrent.Layer == layer
                    && element.Feature == unit && (!recurrent.IsSequence || map.Table.Axis.Count == 1));
                Add(layer.Cell, (element, unit) => element.Feature == unit && (layer.NewCell is not null ? element.Value == layer.NewCell
                    : element.Value is Value.CellState { Source: Value.Recurrent recurrent } && recurrent.Layer == layer));
            }

            if (successors.All(successor => successor is null))
                continue;
            var pair = elements.FirstOrDefault(output => output.Elements.Length == state.Features
                && output.Elements.Zip(successors).All(item => item.Second is null || item.Second(item.First)));
            pairs.Add(new StatePair(state.Name, pair.Name ?? throw new UnsupportedModelException(
                $"input '{state.Name}': is the state that a recurrent layer starts in, and no output is what it becomes. Export the new state as an output of the same shape.")));

            void Add(InitialState? start, Func<Element, int, bool> isSuccessor)
            {
                if (start?.Input != state)
                    return;
                for (var i = 0; i < start.Indices.Length; i++)
                {
                    var unit = i;
                    if (successors[start.Indices[i]] is not null)
                        throw new UnsupportedModelException($"input '{state.Name}': several layers start in the same state, which NanoRnn has no layer for.");
                    successors[start.Indices[i]] = element => isSuccessor(element, unit);
                }
            }
        }

        return pairs;
    }

    private static List<RecurrentLayer> Layers(IEnumerable<Value> values)
    {
        var (seen, pending) = (new HashSet<Value>(), new Stack<Value>(values.Distinct()));
        var layers = new HashSet<RecurrentLayer>(ReferenceEqualityComparer.Instance);
        while (pending.TryPop(out var value))
        {
            if (!seen.Add(value))
                continue;
            if (value is Value.Recurrent recurrent)
                layers.Add(recurrent.Layer);
            foreach (var source in value.Sources)
                pending.Push(source);
        }

        return [.. layers];
    }
}
