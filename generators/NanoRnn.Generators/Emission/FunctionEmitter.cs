using NanoRnn.Generators.Lowering.Expressions;

namespace NanoRnn.Generators.Emission;

/// <summary>The functions that generated code calls, one method for each number of lanes.</summary>
/// <param name="numbersInMemory">Whether they read their numbers where they need them.</param>
internal sealed class FunctionEmitter(bool numbersInMemory)
{
    private readonly SortedDictionary<string, (FunctionForm Form, SortedDictionary<int, Dialect> Dialects)> _used =
        new(StringComparer.Ordinal);

    private readonly NumberTable? _numbers = numbersInMemory ? new NumberTable() : null;

    public Action<FunctionForm> For(Dialect dialect) => form =>
    {
        if (!_used.TryGetValue(form.Name, out var entry))
            _used.Add(form.Name, entry = (form, []));
        entry.Dialects[dialect.Lanes] = dialect;
    };

    public void Emit(SourceWriter writer)
    {
        // Expanding a function may call for another, also one that sorts before it.
        var emitted = new HashSet<(string, int)>();
        while (NextMissing(emitted) is var (form, dialect))
            Emit(writer, form, dialect);
        _numbers?.Emit(writer);
    }

    private (FunctionForm Form, Dialect Dialect)? NextMissing(HashSet<(string, int)> emitted)
    {
        foreach (var (form, dialects) in _used.Values)
            foreach (var dialect in dialects.Values)
                if (emitted.Add((form.Name, dialect.Lanes)))
                    return (form, dialect);
        return null;
    }

    private void Emit(SourceWriter writer, FunctionForm form, Dialect dialect)
    {
        writer.Line();
        writer.Summary(form.Documentation.Replace("&", "&amp;").Replace("<", "&lt;"));
        writer.Line(PassesEmitter.InlineOptimized);
        var parameters = form.Parameters.Select(name => $"{dialect.Type} {name}");
        using (writer.Block($"private static {dialect.Type} {dialect.Function(form.Name)}({string.Join(", ", parameters)})"))
        {
            var result = form.Expand(new ExprGraph());
            var inMemory = _numbers is null ? [] : NumberTable.NumbersFor(result);
            var printer = new ExpressionPrinter(
                writer,
                inMemory.Count == 0 ? dialect.Direct : dialect.DirectWith(number => inMemory.Contains(number) ? _numbers!.Read(number) : null),
                node => node.Operation == Operation.Leaf ? node.Name : null,
                For(dialect));
            foreach (var name in form.Parameters)
                printer.Reserve(name);
            if (inMemory.Count > 0)
                NumberTable.EmitReference(writer, printer);
            writer.Line($"return {printer.Print([result])[0]};");
        }
    }
}
