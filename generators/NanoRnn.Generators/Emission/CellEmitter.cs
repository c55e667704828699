using NanoRnn.Generators.Lowering.Expressions;
using NanoRnn.Generators.Planning;

namespace NanoRnn.Generators.Emission;

/// <summary>
/// The elementwise part of a layer as small inlined methods, one per stage and number of lanes: from the sums to the new
/// state, and from the arriving gradients to those of the sums.
/// </summary>
internal sealed class CellEmitter(SourceWriter writer, CellPlan layer, FunctionEmitter functions)
{
    public static string MethodName(CellPlan layer, StagePlan stage, Dialect dialect) =>
        layer.Identifier + "Cell" + (layer.Stages.Count > 1 ? (stage.Index + 1).ToString() : "") + (dialect.Rows > 1 ? "OfRows" : "");

    public static string BackwardMethodName(CellPlan layer, StagePlan stage, Dialect dialect) =>
        layer.Identifier + "BackwardCell" + (layer.Stages.Count > 1 ? (stage.Index + 1).ToString() : "") + "Of" + (dialect.Rows > 1 ? "Rows" : dialect.Lanes.ToString());

    /// <summary>Name of the reference to a state before the step.</summary>
    public static string Previous(string state) => "previous" + Capital(state);

    /// <summary>Name of the reference to a state, or to the output of a layer without one, after the step.</summary>
    public static string Next(string state) => "next" + Capital(state);

    /// <summary>Name of the reference to the gradient of a state.</summary>
    public static string Gradient(string state) => "gradient" + Capital(state);

    /// <summary>Floats from one sequence's place to the next one's behind a reference of a forward cell.</summary>
    public static string ForwardStride(CellPlan layer, string reference) =>
        reference == "slots" ? LayerEmitter.ByMode(layer, layer.RecordStride, layer.CarriedStride) : layer.Split.RowLength.ToString();

    /// <summary>The same for a backward cell.</summary>
    public static string BackwardStride(CellPlan layer, string reference) =>
        (reference == "slots" ? layer.RecordStride : layer.Split.RowLength).ToString();

    /// <summary>The references that a forward cell takes, in order: previous states, next states or output, slots.</summary>
    public static IEnumerable<string> ForwardReferences(CellPlan layer) =>
        layer.IsRecurrent
            ? [.. layer.Cell.States.SelectMany(s => new[] { Previous(s.Name), Next(s.Name) }), "slots"]
            : [Next("y"), "slots"];

    /// <summary>The references that a backward cell takes, in order.</summary>
    public static IEnumerable<string> BackwardReferences(CellPlan layer)
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

    public void EmitForward(StagePlan stage, Dialect dialect)
    {
        var isLast = stage.Index == layer.Stages.Count - 1;
        var results = new List<Store>();
        if (isLast && layer.IsRecurrent)
            results.AddRange(layer.Cell.States.Select(state => new Store(state.Next, Next(state.Name), 0)));
        else if (isLast)
            results.Add(new Store(layer.Cell.Output, Next("y"), 0));
        var recorded = layer.Record.Slots
            .Where(slot => layer.IsTrainable && layer.CellStages.StageOf(slot.Key) == stage.Index)
            .OrderBy(slot => slot.Value)
            .Select(slot => new Store(slot.Key, "slots", slot.Value * layer.Split.RowLength))
            .ToArray();
        var carried = isLast
            ? []
            : layer.CellStages.Carried[stage.Index].Select(value => new Store(value, "slots", CarriedOffset(value))).ToArray();

        var sums = stage.Maps.Select(map => $"{dialect.Type} {map.Sum.Name}");
        var references = ForwardReferences(layer).ToArray();
        Header($"{MethodName(layer, stage, dialect)}<TMode>", [.. sums, .. references.Select(name => $"ref float {name}")], "where TMode : struct, Nano::IPassMode");
        using (writer.Block())
        {
            var printer = Printer(
                dialect, node => ReadForward(node, stage, dialect), [.. references, .. stage.Maps.Select(map => map.Sum.Name!)]);
            var values = printer.Print([.. results.Concat(carried).Select(store => store.Value)], [.. recorded.Select(store => store.Value)]);
            EmitStores(dialect, results, values, 0);
            if (recorded.Length > 0)
                using (writer.Block("if (TMode.Records)"))
                    EmitStores(dialect, recorded, printer.PrintCounted([.. recorded.Select(store => store.Value)]), 0);
            if (carried.Length > 0)
                using (!layer.IsTrainable ? (SourceWriter.Scope?)null : writer.Block(recorded.Length > 0 ? "else" : "if (!TMode.Records)"))
                    EmitStores(dialect, carried, values, results.Count);
        }
    }

    public void EmitBackward(StagePlan stage, Dialect dialect)
    {
        var backwardStage = layer.Stages.Count - 1 - stage.Index;
        var maps = layer.Maps;
        var stores = new List<Store>();
        for (var slot = 0; slot < maps.Count; slot++)
            if (layer.Record.BackwardStageOfSum(maps[slot]) == backwardStage)
                stores.Add(new Store(SumGradient(slot), "slots", slot * layer.Split.RowLength));
        if (stage.Index == 0)
            for (var i = 0; i < layer.Cell.States.Count; i++)
                if (!IsOverwrittenByProduct(i))
                    stores.Add(new Store(layer.Backward.StateGradients[i], Gradient(layer.Cell.States[i].Name), 0));

        var references = BackwardReferences(layer).ToArray();
        Header(BackwardMethodName(layer, stage, dialect), [.. references.Select(name => $"ref float {name}")]);
        using (writer.Block())
        {
            // Everything is read and computed before anything is stored: a slot may hold a value and then its gradient.
            var printer = Printer(dialect, node => ReadBackward(node, dialect), references);
            EmitStores(dialect, stores, printer.Print([.. stores.Select(store => store.Value)]), 0);
        }

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

    private void Header(string name, IReadOnlyList<string> parameters, string? constraint = null)
    {
        writer.Line();
        writer.Line(PassesEmitter.InlineOptimized);
        writer.Line($"private static void {name}(");
        writer.Line($"    {string.Join(", ", parameters)})");
        if (constraint is not null)
            writer.Line($"    {constraint}");
    }

    private ExpressionPrinter Printer(Dialect dialect, Func<Expr, string?> source, IEnumerable<string> names)
    {
        var printer = new ExpressionPrinter(writer, dialect, source, functions.For(dialect));
        foreach (var name in names)
            printer.Reserve(name);
        return printer;
    }

    private void EmitStores(Dialect dialect, IReadOnlyList<Store> stores, IReadOnlyList<string> values, int first)
    {
        for (var i = 0; i < stores.Count; i++)
            writer.Line(dialect.Store(values[first + i], stores[i].Reference, stores[i].Offset.ToString()));
    }

    private int CarriedOffset(Expr value)
    {
        var carried = layer.Carried;
        for (var i = 0; i < carried.Count; i++)
            if (carried[i] == value)
                return i * layer.Split.RowLength;
        throw new InvalidOperationException("a value that is not carried");
    }

    private string? ReadForward(Expr node, StagePlan stage, Dialect dialect)
    {
        if (stage.Maps.Any(map => map.Sum == node))
            return node.Name;
        if (layer.Cell.States.FirstOrDefault(state => state.Previous == node) is { } previous)
            return dialect.Load(Previous(previous.Name));
        return layer.Carried.Contains(node) && layer.CellStages.StageOf(node) < stage.Index
            ? dialect.Load("slots", layer.IsTrainable ? $"TMode.Records ? {layer.Record.Slots[node] * layer.Split.RowLength} : {CarriedOffset(node)}" : CarriedOffset(node).ToString())
            : null;
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
            return dialect.Load("slots", (slot * layer.Split.RowLength).ToString());
        return node.Id < backward.FirstId && cell.States.FirstOrDefault(state => state.Next == node) is { } next
            ? dialect.Load(Next(next.Name))
            : null;
    }

    private static string Capital(string name) => char.ToUpperInvariant(name[0]) + name.Substring(1);

    /// <summary>A value and where it goes.</summary>
    private sealed record Store(Expr Value, string Reference, int Offset);
}
