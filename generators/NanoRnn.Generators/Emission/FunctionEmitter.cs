using NanoRnn.Generators.Lowering.Expressions;

namespace NanoRnn.Generators.Emission;

/// <summary>The functions that a width's kernels call, one method for each number of lanes.</summary>
internal sealed class FunctionEmitter
{
    private readonly SortedDictionary<string, (ElementwiseFunction Function, SortedDictionary<int, Dialect> Dialects)> _used =
        new(StringComparer.Ordinal);

    public Action<ElementwiseFunction> For(Dialect dialect) => function =>
    {
        if (!_used.TryGetValue(function.Name, out var entry))
            _used.Add(function.Name, entry = (function, []));
        entry.Dialects[dialect.Lanes] = dialect;
    };

    public void Emit(SourceWriter writer)
    {
        // Expanding a function may call for another, also one that sorts before it.
        var emitted = new HashSet<(string, int)>();
        while (NextMissing(emitted) is var (function, dialect))
            Emit(writer, function, dialect);
    }

    private (ElementwiseFunction Function, Dialect Dialect)? NextMissing(HashSet<(string, int)> emitted)
    {
        foreach (var (function, dialects) in _used.Values)
            foreach (var dialect in dialects.Values)
                if (emitted.Add((function.Name, dialect.Lanes)))
                    return (function, dialect);
        return null;
    }

    private void Emit(SourceWriter writer, ElementwiseFunction function, Dialect dialect)
    {
        writer.Line();
        writer.Summary(function.Documentation.Replace("&", "&amp;").Replace("<", "&lt;"));
        writer.Line(PassesEmitter.InlineOptimized);
        using (writer.Block($"private static {dialect.Type} {dialect.Function(function.Name)}({dialect.Type} x)"))
        {
            var x = new ExprGraph().Leaf("x");
            var printer = new ExpressionPrinter(writer, dialect.Direct, node => node == x ? "x" : null, For(dialect));
            printer.Reserve("x");
            writer.Line($"return {printer.Print([function.Expand(x)])[0]};");
        }
    }
}
