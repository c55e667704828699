using NanoRnn.Generators.Lowering.Expressions;
using NanoRnn.Generators.Planning;

namespace NanoRnn.Generators.Emission;

/// <summary>
/// The elementwise part of a layer as small inlined methods, one per stage and number of lanes: from the sums to the new
/// state, and from the arriving gradients to those of the sums.
/// </summary>
internal sealed class CellEmitter(SourceWriter writer, LayerPlan layer, FunctionEmitter functions)
{
    public static string MethodName(LayerPlan layer, StagePlan stage, bool records) =>
        layer.Identifier + (records ? "RecordCell" : "Cell") + (layer.Stages.Count > 1 ? (stage.Index + 1).ToString() : "");

    public static string BackwardMethodName(LayerPlan layer, StagePlan stage, Dialect dialect) =>
        layer.Identifier + "BackwardCell" + (layer.Stages.Count > 1 ? (stage.Index + 1).ToString() : "") + "Of" + dialect.Lanes;

    /// <summary>Name of the reference to a state before the step.</summary>
    public static string Previous(string state) => "previous" + Capital(state);

    /// <summary>Name of the reference to a state, or to the output of a layer without one, after the step.</summary>
    public static string Next(string state) => "next" + Capital(state);

    /// <summary>Name of the reference to the gradient of a state.</summary>
    public static string Gradient(string state) => "gradient" + Capital(state);

    /// <summary>The references that a forward cell takes, in order: previous states, next states or output, slots.</summary>
    public static IEnumerable<string> ForwardReferences(LayerPlan layer) =>
        layer.IsRecurrent
            ? [.. layer.Cell.States.SelectMany(s => new[] { Previous(s.Name), Next(s.Name) }), "slots"]
            : [Next("y"), "slots"];

    /// <summary>The references that a backward cell takes, in order.</summary>
    public static IEnumerable<string> BackwardReferences(LayerPlan layer)
    {
        foreach (var state in layer.Cell.States)
        {
            yield return Previous(state.Name);
            yield return Next(state.Name);
            yield return Gradient(state.Name);
        }

        yield return "slots";
        if (layer.OutputIsSequence || !layer.IsRecurrent)
            yield return "arriving";
        if (layer.Backward.OperandGradients.Count > 0)
            yield return "gradientOfOperand";
    }

    public void EmitForward(StagePlan stage, Dialect dialect, bool records)
    {
        var isLast = stage.Index == layer.Stages.Count - 1;
        var stores = new List<(Expr Value, string Reference, int Offset)>();
        if (records)
            stores.AddRange(layer.Record.Slots
                .Where(slot => layer.CellStages.StageOf(slot.Key) == stage.Index)
                .OrderBy(slot => slot.Value)
                .Select(slot => (slot.Key, "slots", slot.Value * layer.Split.Padded)));
        else if (!isLast)
            stores.AddRange(layer.CellStages.Carried[stage.Index].Select(value => (value, "slots", CarriedOffset(value))));
        if (isLast && layer.IsRecurrent)
            stores.AddRange(layer.Cell.States.Select(state => (state.Next, Next(state.Name), 0)));
        else if (isLast)
            stores.Add((layer.Cell.Output, Next("y"), 0));

        var sums = stage.Maps.Select(map => $"{dialect.Type} {map.Sum.Name}");
        var references = ForwardReferences(layer).ToArray();
        Header(MethodName(layer, stage, records), [.. sums, .. references.Select(name => $"ref float {name}")]);
        using (writer.Block())
            EmitBody(dialect, stores, node => ReadForward(node, stage, dialect, records), [.. references, .. stage.Maps.Select(map => map.Sum.Name!)]);
    }

    public void EmitBackward(StagePlan stage, Dialect dialect)
    {
        var backwardStage = layer.Stages.Count - 1 - stage.Index;
        var maps = layer.Maps;
        var stores = new List<(Expr Value, string Reference, int Offset)>();
        for (var slot = 0; slot < maps.Count; slot++)
            if (layer.Record.BackwardStageOfSum(maps[slot]) == backwardStage)
                stores.Add((SumGradient(slot), "slots", slot * layer.Split.Padded));
        if (stage.Index == 0)
            for (var i = 0; i < layer.Cell.States.Count; i++)
                if (!IsOverwrittenByProduct(i))
                    stores.Add((layer.Backward.StateGradients[i], Gradient(layer.Cell.States[i].Name), 0));

        var references = BackwardReferences(layer).ToArray();
        Header(BackwardMethodName(layer, stage, dialect), [.. references.Select(name => $"ref float {name}")]);
        using (writer.Block())
            EmitBody(dialect, stores, node => ReadBackward(node, dialect), references);

        Expr SumGradient(int slot)
        {
            for (var i = 0; i < layer.Cell.Maps.Count; i++)
                if (layer.Cell.Maps[i] == maps[slot])
                    return layer.Backward.SumGradients[i];
            throw new InvalidOperationException("a slot without a map");
        }
    }

    /// <summary>Whether a state's gradient comes from the recurrent kernel alone, so that nothing is to be added to.</summary>
    public bool IsOverwrittenByProduct(int state) =>
        layer.Backward.StateGradients[state].IsConstant(0)
        && layer.Stages.Any(stage => stage.Operand == layer.Cell.States[state].Previous);

    private void Header(string name, IReadOnlyList<string> parameters)
    {
        writer.Line();
        writer.Line("[MethodImpl(MethodImplOptions.AggressiveInlining)]");
        writer.Line($"private static void {name}(");
        writer.Line($"    {string.Join(", ", parameters)})");
    }

    private void EmitBody(
        Dialect dialect, List<(Expr Value, string Reference, int Offset)> stores, Func<Expr, string?> source, IEnumerable<string> names)
    {
        var printer = new ExpressionPrinter(writer, dialect, source, functions.For(dialect));
        foreach (var name in names)
            printer.Reserve(name);

        // Everything is read and computed before anything is stored: a slot may hold a value and then its gradient.
        var values = printer.Print([.. stores.Select(store => store.Value)]);
        for (var i = 0; i < stores.Count; i++)
            writer.Line(dialect.Store(values[i], stores[i].Reference, stores[i].Offset.ToString()));
    }

    private int CarriedOffset(Expr value)
    {
        var carried = layer.Carried;
        for (var i = 0; i < carried.Count; i++)
            if (carried[i] == value)
                return i * layer.Split.Padded;
        throw new InvalidOperationException("a value that is not carried");
    }

    private string? ReadForward(Expr node, StagePlan stage, Dialect dialect, bool records)
    {
        if (stage.Maps.Any(map => map.Sum == node))
            return node.Name;
        if (layer.Cell.States.FirstOrDefault(state => state.Previous == node) is { } previous)
            return dialect.Load(Previous(previous.Name));
        if (layer.Carried.Contains(node) && layer.CellStages.StageOf(node) < stage.Index)
            return dialect.Load("slots", (records ? layer.Record.Slots[node] * layer.Split.Padded : CarriedOffset(node)).ToString());
        return null;
    }

    private string? ReadBackward(Expr node, Dialect dialect)
    {
        var (cell, backward) = (layer.Cell, layer.Backward);
        for (var i = 0; i < backward.OutputGradients.Count; i++)
            if (backward.OutputGradients[i] == node)
                return !layer.IsRecurrent ? dialect.Load("arriving")
                    : i == 0 && layer.OutputIsSequence
                        ? $"{dialect.Load(Gradient(cell.States[0].Name))} + {dialect.Load("arriving")}"
                        : dialect.Load(Gradient(cell.States[i].Name));
        if (backward.OperandGradients.Values.Contains(node))
            return dialect.Load("gradientOfOperand");
        if (cell.States.FirstOrDefault(state => state.Previous == node) is { } previous)
            return dialect.Load(Previous(previous.Name));
        if (layer.Record.Slots.TryGetValue(node, out var slot))
            return dialect.Load("slots", (slot * layer.Split.Padded).ToString());
        return node.Id < backward.FirstId && cell.States.FirstOrDefault(state => state.Next == node) is { } next
            ? dialect.Load(Next(next.Name))
            : null;
    }

    private static string Capital(string name) => char.ToUpperInvariant(name[0]) + name.Substring(1);
}
