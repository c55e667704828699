using NanoRnn.Generators.Diagnostics;
using NanoRnn.Generators.Emission;
using NanoRnn.Generators.Parsing;
using NanoRnn.Generators.Planning;

namespace NanoRnn.Generators;

/// <summary>All rooms behind parsing, for one model.</summary>
internal static class ModelCompiler
{
    public static CompiledModel Compile(ModelSpec spec, VectorWidths widths, CancellationToken cancellation)
    {
        var plan = new ModelPlan(spec, widths);
        cancellation.ThrowIfCancellationRequested();
        if (SizeCheck.FindTooLarge(plan) is { } tooLarge)
            return new CompiledModel(spec, default, new([tooLarge]));
        DiagnosticInfo?[] diagnostics = [BudgetCheck.Find(plan), PrecisionCheck.Find(plan)];
        return new CompiledModel(spec, new([.. Emit(plan)]), new([.. diagnostics.OfType<DiagnosticInfo>()]));
    }

    private static IEnumerable<GeneratedFile> Emit(ModelPlan plan)
    {
        var hintName = plan.Spec.Type.HintName;
        yield return new($"{hintName}.g.cs", ModelEmitter.Emit(plan));
        yield return new($"{hintName}.Passes.g.cs", PassesEmitter.Emit(plan));
        foreach (var width in Width.Of(plan))
            yield return new($"{hintName}.{width.Name}.g.cs", KernelsEmitter.Emit(plan, width));
        if (plan.Losses.Count > 0)
            yield return new($"{hintName}.Losses.g.cs", LossEmitter.Emit(plan));
    }
}
