using NanoRnn.Tool.Graphs;
using NanoRnn.Tool.Operators;

namespace NanoRnn.Tool.Recognition;

/// <summary>Finds a recurrent layer in a recurrent operator.</summary>
/// <param name="map">Elements and values.</param>
/// <param name="call">The operator.</param>
/// <param name="inputs">What it reads.</param>
internal sealed class RecurrentReader(ElementMap map, OperatorCall call, Symbol?[] inputs)
{
    private const string StateAdvice = "Start it with zeros, or give the state in as an input and out as an output.";

    /// <summary>The outputs at every step, the last states and the last cell states.</summary>
    public Symbol[] Read()
    {
        if (inputs[0] is not { IsConstant: false })
            throw Refuse("goes over constants", "Fold it.");
        foreach (var input in new[] { 1, 2, 3, 4, 7 })
            if (inputs.ElementAtOrDefault(input) is { IsConstant: false })
                throw Refuse($"has weights or lengths (input {input}) that are no constants", "Make them initializers.");
        call.Demand(call[0].Rank == 3, $"expected three dimensions of data, found {Tensor.Describe(call[0].Shape)}");
        var operation = new RecurrentOperator(call, call[0].Shape[2]);
        var steps = call[0].Shape[operation.IsBatchFirst ? 1 : 0];
        var batch = call[0].Shape[operation.IsBatchFirst ? 0 : 1];
        var axis = call[0].Count > 0 ? map.Table[call[0].Values[0]].Value.Axis ?? map.Table.Axis : map.Table.Axis;
        if (batch != 1 || steps != axis.Count)
        {
            throw new UnsupportedModelException(
                $"node {call.Node}: goes over {steps} steps of {batch} sequences, where the model's input is one sequence of {axis.Count}. Export the model with the operator's axes of time and batch.")
            {
                IsOfLayout = true,
            };
        }

        if (call.Optional(4) is { } lengths && lengths.Values.Any(length => length != steps))
            throw Refuse("has lengths of its own", "Export the model for whole sequences; NanoRnn takes lengths when it predicts.");
        var rows = map.MapRows(call.Node, call[0], source => source).Tensor;
        var first = map.Table[rows.Values[0]];
        var order = Enumerable.Range(0, steps).Select(row => map.Table[rows.Values[row * operation.Features]]).ToArray();
        if (order.Any(element => element.Value != first.Value) || !first.Value.IsSequence)
            throw Refuse("goes over a sequence that is made of single vectors", "Cut the model there.");
        var isReversed = steps > 1 && first.Step > 0;
        if (order.Index().Any(item => item.Item.Step != (isReversed ? steps - 1 - item.Index : item.Index)))
            throw Refuse("goes over time steps in another order", "Order them in the data.");
        var layer = new RecurrentWeights(call, operation).Layer(isReversed) with
        {
            Hidden = InitialState(5),
            Cell = operation.Kind == "LSTM" ? InitialState(6) : null,
            LearnedState = LearnedState(operation),
        };
        if ((layer.Hidden is not null || layer.Cell is not null) && layer.Direction != RecurrentDirection.Forward)
            throw Refuse("goes backwards from a state that is given", StateAdvice);
        if (layer is { Kind: "LSTM" } && (layer.Hidden is null) != (layer.Cell is null) || layer is { Hidden: not null, LearnedState: not null })
            throw Refuse("is given one of its two states", StateAdvice);
        return Outputs(operation, first.Value, layer, isReversed);
    }

    private Symbol[] Outputs(RecurrentOperator operation, Value source, RecurrentLayer layer, bool isReversed)
    {
        var (steps, units, directions) = (source.Axis!.Count, operation.Units, operation.Directions);
        var outputs = map.Builder.Recurrent(source, layer, isSequence: true);

        // The states of a model that is called step by step are at every step; a direction that goes backwards has its last state at the first.
        var isStepped = steps == 1 && layer.Hidden is not null;
        var states = isStepped ? outputs : map.Builder.Recurrent(source, layer, isSequence: false);
        var cells = new Value.CellState(states);
        int[] stateShape = operation.IsBatchFirst ? [1, directions, units] : [directions, 1, units];
        int[] outputShape = operation.IsBatchFirst ? [1, steps, directions, units] : [steps, directions, 1, units];
        var numbers = from row in Enumerable.Range(0, steps)
                      from feature in Enumerable.Range(0, directions * units)
                      select map.Table.NumberOf(outputs, isReversed ? steps - 1 - row : row, feature);
        return [Symbol.Elements(outputShape, [.. numbers]), State(states), State(cells)];

        Symbol State(Value value) => Symbol.Elements(stateShape, [.. Enumerable.Range(0, directions * units).Select(feature => map.Table.NumberOf(value, 0, feature))]);
    }

    private InitialState? InitialState(int input)
    {
        if (inputs.ElementAtOrDefault(input) is not { IsConstant: false } symbol)
            return null;
        var elements = Array.ConvertAll(symbol.Tensor.Values, number => map.Table[number]);
        if (elements.Length == 0 || elements[0].Value is not Value.State state || elements.Any(element => element.Value != state))
            throw Refuse("starts in a state that the model computes", StateAdvice);
        return new InitialState(state, Array.ConvertAll(elements, element => element.Feature));
    }

    /// <summary>States of constants other than zero.</summary>
    private double[]? LearnedState(RecurrentOperator operation)
    {
        int[] stateInputs = operation.Kind == "LSTM" ? [5, 6] : [5];
        var states = stateInputs
            .Select(input => inputs.ElementAtOrDefault(input) is { IsConstant: true } state ? state.Tensor.Values : null).ToArray();
        if (states.All(state => state is null || state.All(value => value == 0)))
            return null;
        var (units, zeros) = (operation.Units, new double[operation.Directions * operation.Units]);
        foreach (var state in states)
            call.Demand(state is null || state.Length == zeros.Length, $"expected states of {zeros.Length} numbers, found {state?.Length}");
        return [.. Enumerable.Range(0, operation.Directions).SelectMany(direction => states.SelectMany(state => (state ?? zeros).Skip(direction * units).Take(units)))];
    }

    private UnsupportedModelException Refuse(string reason, string advice) => new($"node {call.Node}: {reason}, which NanoRnn has no layer for. {advice}");
}
