using NanoRnn.Generators.Emission.Passes;
using NanoRnn.Generators.Lowering.Expressions;
using NanoRnn.Generators.Lowering.Functions;
using NanoRnn.Generators.Lowering.Network;
using NanoRnn.Generators.Planning;
using static NanoRnn.Generators.Emission.Reference;

namespace NanoRnn.Generators.Emission;

/// <summary>Attention: the calls of the runtime's passes, and the functions that they take.</summary>
internal static class AttentionCalls
{
    private const string Functions = "AttentionFunctions";

    /// <param name="layer">The layer.</param>
    /// <param name="text">The pass that has values and keys on its tape.</param>
    /// <param name="first">The first sequence, or null.</param>
    /// <param name="query">The first query.</param>
    /// <param name="y">The first output.</param>
    /// <param name="querySteps">Steps of the queries.</param>
    public static IEnumerable<string> Forward(AttentionPlan layer, PassText text, string? first, string query, string y, string querySteps) =>
    [
        $"Nano::Attention.Forward<{Functions}>(",
        $"    {Shape(layer, text, querySteps)},",
        $"    {Places(layer, text, first, query)},",
        $"    ref {y});",
    ];

    /// <summary>The way back over all of some sequences.</summary>
    public static IEnumerable<string> Backward(AttentionPlan layer, PassText text)
    {
        yield return $"Nano::Attention.Backward<{Functions}>(";
        yield return $"    {Shape(layer, text, PassText.Steps(layer.Steps))},";
        yield return $"    {Places(layer, text, "first", text.Input(layer, "first"))},";
        yield return $"    ref {text.Row(text.Tapes[layer].OutputGradient, layer.Split.RowLength, "first")},";
        foreach (var source in new[] { 0, 2, 1 })
            yield return $"    ref {Gradient(source)}, {(layer.AddsTo[source] ? "true" : "false")},";
        yield return $"    ref {(layer.IsAdditive ? text.Row(text.Tapes[layer].Record, layer.ScoreSplit.RowLength, "first") : "Unsafe.NullRef<float>()")});";

        string Gradient(int source) => layer.Sources[source] is { IsTrained: true } below
            ? text.Row(text.Tapes[below].OutputGradient, below.Split.RowLength, "first")
            : "Unsafe.NullRef<float>()";
    }

    /// <summary>The functions of all attention of a model.</summary>
    public static void EmitFunctions(SourceWriter writer)
    {
        var dialect = Dialect.Vector512;
        var functions = new FunctionEmitter(numbersInMemory: false);
        writer.Line();
        writer.Summary("The functions of attention, for sixteen numbers at a time.");
        using (writer.Block($"internal readonly struct {Functions} : Nano::IAttentionFunctions"))
        {
            foreach (var function in (ElementwiseFunction[])[Exponential.Instance, Tanh.Instance])
            {
                functions.For(dialect)(new FunctionForm(function, 1));
                writer.Line(PassesEmitter.InlineOptimized);
                writer.Line($"public static {dialect.Type} {function.Name}({dialect.Type} x) => {dialect.Function(function.Name)}(x);");
                writer.Line();
            }

            functions.Emit(writer);
        }
    }

    private static string Shape(AttentionPlan layer, PassText text, string querySteps) =>
        $"new Nano::AttentionShape({layer.ScoreSplit.Units}, {layer.ScoreSplit.RowLength}, {layer.Features}, {layer.Split.RowLength}, {querySteps}, " +
        $"{PassText.Steps(layer.ValueSteps)}, sequences, rows), {text.Lengths(layer.ValueSteps)}, ref {text.StepsThatCount(layer.ValueSteps)}";

    private static string Places(AttentionPlan layer, PassText text, string? first, string query) =>
        $"ref {(layer.IsAdditive ? At("weights", layer.WeightOffset) : "Unsafe.NullRef<float>()")}, ref {Scratch(layer, text, first)}, " +
        $"ref {query}, ref {text.Input(layer, first, source: 2)}, ref {text.Input(layer, first, source: 1)}";

    /// <summary>The scratch of the first of some sequences, which the others use too.</summary>
    private static string Scratch(AttentionPlan layer, PassText text, string? first) =>
        text.Skip(text.Tapes[layer].Scratch, 1, null, first is null ? null : $"{first} * ({PassText.Length(layer.ScratchSize, steps: PassText.Steps(TimeAxis.Source))})");
}
