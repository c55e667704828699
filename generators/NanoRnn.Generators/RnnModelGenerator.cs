using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using NanoRnn.Generators.Diagnostics;
using NanoRnn.Generators.Emission;
using NanoRnn.Generators.Parsing;
using NanoRnn.Generators.Planning;

namespace NanoRnn.Generators;

/// <summary>
/// Wires the rooms of the compiler: parsing, lowering, differentiation, planning, emission. Models go to source; diagnostics go
/// out on a path of their own, because they need the compilation to find their places and models must not see it.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class RnnModelGenerator : IIncrementalGenerator
{
    internal const string ParsedStep = "Parsed";
    internal const string ModelsStep = "Models";
    internal const string DiagnosticsStep = "Diagnostics";
    internal const string BudgetStep = "Budget";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var parsed = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                ModelParser.ModelAttribute, static (node, _) => node is TypeDeclarationSyntax, ModelParser.Parse)
            .WithTrackingName(ParsedStep);

        var models = parsed
            .Where(static result => result.Model is not null)
            .Select(static (result, _) => result.Model!)
            .Where(SizeCheck.Fits)
            .WithTrackingName(ModelsStep);
        var widths = context.AnalyzerConfigOptionsProvider.Select(static (options, _) => VectorWidthsParser.Parse(options));
        context.RegisterSourceOutput(
            models.Combine(widths), static (output, item) => Emit(output, new ModelPlan(item.Left, item.Right)));

        var diagnostics = parsed
            .SelectMany(static (result, _) => result.Diagnostics)
            .WithTrackingName(DiagnosticsStep);
        Report(context, diagnostics);
        PretrainedPipeline.Register(context, parsed, models);

        Report(context, parsed
            .Where(static result => result is { Model: not null, Place: not null })
            .Select(static (result, _) => BudgetCheck.Find(result.Model!, result.Place!))
            .Where(static diagnostic => diagnostic is not null)
            .Select(static (diagnostic, _) => diagnostic!)
            .WithTrackingName(BudgetStep));
        context.RegisterSourceOutput(
            context.AnalyzerConfigOptionsProvider.Select(static (options, _) => VectorWidthsParser.FindMistake(options)),
            static (output, diagnostic) =>
            {
                if (diagnostic is not null)
                    output.ReportDiagnostic(diagnostic.ToDiagnostic());
            });
        foreach (var attribute in ModelParser.LayerAttributes)
            Report(context, context.SyntaxProvider
                .ForAttributeWithMetadataName(
                    attribute, static (node, _) => node is TypeDeclarationSyntax, ModelParser.FindForgotten)
                .Where(static diagnostic => diagnostic is not null)
                .Select(static (diagnostic, _) => diagnostic!));
    }

    private static void Emit(SourceProductionContext output, ModelPlan plan)
    {
        var hintName = plan.Spec.Type.HintName;
        output.AddSource($"{hintName}.g.cs", SourceText.From(ModelEmitter.Emit(plan), Encoding.UTF8));
        output.AddSource($"{hintName}.Passes.g.cs", SourceText.From(PassesEmitter.Emit(plan), Encoding.UTF8));
        foreach (var width in Width.Of(plan))
            output.AddSource($"{hintName}.{width.Name}.g.cs", SourceText.From(KernelsEmitter.Emit(plan, width), Encoding.UTF8));
    }

    internal static void Report(
        IncrementalGeneratorInitializationContext context, IncrementalValuesProvider<DiagnosticInfo> diagnostics) =>
        context.RegisterSourceOutput(
            diagnostics.Combine(context.CompilationProvider),
            static (output, item) => output.ReportDiagnostic(item.Left.ToDiagnostic(item.Right)));
}
