using NanoRnn.Tool.Graphs;

namespace NanoRnn.Tool.Recognition;

/// <summary>Recognises a graph for one layout of its input.</summary>
/// <param name="graph">The graph.</param>
/// <param name="layout">The layout.</param>
/// <param name="chosen">The outputs that are wanted; none for all.</param>
internal sealed class NetworkReader(OperatorGraph graph, InputLayout layout, IReadOnlyList<string> chosen)
{
    private readonly ElementMap _map = new(new ElementTable(new TimeAxis(layout.Steps)), new ValueBuilder());
    private readonly List<string> _notes = [];

    /// <summary>Recognises a graph, whichever axes its input has.</summary>
    /// <exception cref="UnsupportedModelException">It cannot be said in layers.</exception>
    public static Network Read(OperatorGraph graph, IReadOnlyList<string> chosen)
    {
        if (graph.Inputs.Count == 0)
            throw new ToolException("expected a model with an input, found none.");
        UnsupportedModelException? refusal = null;
        foreach (var layout in InputLayout.Of(graph))
        {
            try
            {
                return new NetworkReader(graph, layout, chosen).Read();
            }
            catch (UnsupportedModelException exception)
            {
                // What is refused whatever the axes mean says more; among others the first layout is the most usual one.
                if (refusal is null || refusal.IsOfLayout && !exception.IsOfLayout)
                    refusal = exception;
            }
        }

        throw refusal ?? new UnsupportedModelException(
            $"input {graph.Inputs[0]}: expected batch, time steps and a fixed number of features, or tokens. Export the model with such an input.");
    }

    /// <exception cref="UnsupportedModelException">The graph cannot be said in layers with this layout.</exception>
    public Network Read()
    {
        var inputs = new Dictionary<string, Symbol>(StringComparer.Ordinal) { [layout.Input.Name] = Data() };
        var states = new List<Value.State>();
        foreach (var input in graph.Inputs.Skip(1))
        {
            var shape = Array.ConvertAll(input.Shape, dimension => dimension ?? 1);
            var count = Tensor.CountOf(shape);
            if (count > graph.ElementLimit)
                throw new ToolException($"input {input}: is out of proportion to the file.");
            var state = new Value.State(input.Name, (int)count, layout.Steps == 1 ? _map.Table.Axis : null);
            states.Add(state);
            if (!inputs.TryAdd(input.Name, Symbol.Elements(shape, [.. Enumerable.Range(0, (int)count).Select(i => _map.Table.NumberOf(state, 0, i))])))
                throw new ToolException($"input '{input.Name}': expected one of this name, found two.");
        }

        var outputs = graph.Outputs.Zip(new Recognizer(graph, _map).Run(inputs)).ToList();
        var pairs = new StatePairing(_map, states).Pair(outputs);
        outputs.RemoveAll(output => pairs.Any(pair => pair.Output == output.First));
        var network = new Network(layout, Choose(outputs), pairs, _notes);
        if (network.Values().OfType<Value.State>().FirstOrDefault() is { } unpaired)
            throw new UnsupportedModelException($"input '{unpaired.Name}': the model has several inputs, which NanoRnn has no layer for. Put their features side by side into one.");
        if (pairs.Count > 0)
            _notes.Add($"The states that go in as {Names(pairs.Select(pair => pair.Input))} and out as {Names(pairs.Select(pair => pair.Output))} are those of a session, which starts with zeros.");
        return network;
    }

    private Symbol Data()
    {
        var shape = layout.Shape;
        Value value = layout.FeatureAxis is null ? new Value.Tokens(_map.Table.Axis) : new Value.Input(layout.Features, _map.Table.Axis);
        if ((long)layout.Steps * layout.Features > graph.ElementLimit)
            throw new ToolException($"input {layout.Input}: is out of proportion to the file.");
        var isFeatureFirst = layout.FeatureAxis < layout.TimeAxis;
        var numbers = Enumerable.Range(0, layout.Steps * layout.Features).Select(i => isFeatureFirst
            ? _map.Table.NumberOf(value, i % layout.Steps, i / layout.Steps) : _map.Table.NumberOf(value, i / layout.Features, i % layout.Features));
        return Symbol.Elements(shape, [.. numbers]);
    }

    private List<NetworkOutput> Choose(List<(string Name, Symbol Symbol)> outputs)
    {
        if (chosen.FirstOrDefault(name => !graph.Outputs.Contains(name)) is { } missing)
            throw new ToolException($"expected one of the outputs {Names(graph.Outputs)}, found '{missing}'.");
        if (chosen.Count > 0)
            outputs = [.. chosen.Select(name => outputs.Find(output => output.Name == name)).Where(output => output.Symbol is not null)];

        // States that nobody asked for: a session has them.
        var cells = outputs.Where(output => Elements(output.Symbol).Any(element => element.Value is Value.CellState)).ToArray();
        Drop(cells);
        if (outputs.Any(output => IsSequence(output.Symbol)))
            Drop([.. outputs.Where(output => !IsSequence(output.Symbol) && Elements(output.Symbol).All(element => element.Value is Value.Recurrent))]);
        if (outputs.Count == 0)
            throw new UnsupportedModelException($"outputs {Names(graph.Outputs)}: are states alone, which a session has and a model does not give. Export an output.");
        var read = outputs.ConvertAll(output => ReadOutput(output.Name, output.Symbol));
        return read.All(output => output.Value.IsSequence == read[0].Value.IsSequence) ? read
            : throw new UnsupportedModelException(
                $"outputs {Names(read.Select(output => output.Name))}: some are at every time step and some once a sequence, and a model of NanoRnn has one of both. Choose with --output.");

        void Drop((string Name, Symbol Symbol)[] states)
        {
            if (states.Length == 0 || states.Length == outputs.Count && states == cells)
            {
                if (states.Length > 0)
                    outputs.Clear();
                return;
            }

            _notes.Add($"Without {Names(states.Select(state => state.Name))}: the last states of layers, which a session has.");
            outputs.RemoveAll(states.Contains);
        }
    }

    private Element[] Elements(Symbol symbol) => symbol.IsConstant ? [] : Array.ConvertAll(symbol.Tensor.Values, number => _map.Table[number]);

    private bool IsSequence(Symbol symbol) => Elements(symbol).Any(element => element.Value.Axis is { } axis && (layout.Steps == 1 || element.Step < axis.Count - 1));

    private NetworkOutput ReadOutput(string name, Symbol symbol)
    {
        if (symbol.IsConstant || symbol.Tensor.Count == 0)
            throw new UnsupportedModelException($"output '{name}': is constant. Choose the others with --output.");
        var elements = _map.Read(new OperatorNode("output", name, [], []), symbol.Tensor);
        var steps = elements.Index().GroupBy(item => item.Item.Step).Select(group => group.ToArray()).ToArray();
        var first = Array.ConvertAll(steps[0], item => (item.Item.Value, item.Item.Feature));
        if (steps.Any(step => !step.Select(item => (item.Item.Value, item.Item.Feature)).SequenceEqual(first)) || steps.Index().Any(item => item.Item[0].Item.Step > 0 && item.Item[0].Item.Step != item.Index))
            throw new UnsupportedModelException($"output '{name}': has its time steps in another order than the input, or others at each, which NanoRnn has no layer for. Order them behind the model.");
        var value = _map.Resolve(first);
        if (value.Axis is { Windows: { } windows })
        {
            throw new UnsupportedModelException(
                $"output '{name}': is in windows of {windows.Length} steps every {windows.Stride}, and a model of NanoRnn gives outputs at every time step or once a sequence. " +
                "Export the model with its pooling over all steps, or with a recurrent layer's last output, behind it.");
        }

        return new NetworkOutput(name, value, [.. steps.SelectMany(step => step.Select(item => item.Index))]);
    }

    private static string Names(IEnumerable<string> names) => string.Join(", ", names.Select(name => $"'{name}'"));
}
