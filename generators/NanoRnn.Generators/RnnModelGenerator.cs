using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using NanoRnn.Generators.Diagnostics;
using NanoRnn.Generators.Emission;
using NanoRnn.Generators.Parsing;
using NanoRnn.Generators.Parsing.Weights;
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
    internal const string PretrainedStep = "Pretrained";
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
            .WithTrackingName(ModelsStep);
        var widths = context.AnalyzerConfigOptionsProvider.Select(static (options, _) => VectorWidthsParser.Parse(options));
        context.RegisterSourceOutput(
            models.Combine(widths), static (output, item) => Emit(output, new ModelPlan(item.Left, item.Right)));

        var diagnostics = parsed
            .SelectMany(static (result, _) => result.Diagnostics)
            .WithTrackingName(DiagnosticsStep);
        Report(context, diagnostics);
        InitializeWeights(context, parsed, models);

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

    /// <summary>Weights are packed for what the model is, not for where it stands: that is looked up again where there is a mistake.</summary>
    private static void InitializeWeights(
        IncrementalGeneratorInitializationContext context,
        IncrementalValuesProvider<ParseResult> parsed,
        IncrementalValuesProvider<ModelSpec> models)
    {
        var files = context.AdditionalTextsProvider.Where(WeightsFile.IsMatch).Select(WeightsFile.Of).Collect();
        var pretrained = models
            .Where(static model => model.Options.Weights is not null)
            .Combine(files)
            .Select(static (item, _) => WeightsRequest.Of(item.Left, item.Right))
            .Select(PretrainedPlan.Of)
            .WithTrackingName(PretrainedStep);
        context.RegisterSourceOutput(pretrained, static (output, plan) =>
        {
            if (plan.Mistake is null)
                output.AddSource($"{plan.Model.Type.HintName}.Weights.g.cs", SourceText.From(PretrainedEmitter.Emit(plan), Encoding.UTF8));
        });

        var mistakes = pretrained.Where(static plan => plan.Mistake is not null).Collect();
        Report(context, parsed
            .Where(static result => result.Place is not null)
            .Combine(mistakes)
            .SelectMany(static (item, _) => item.Right
                .Where(plan => plan.Model.Equals(item.Left.Model))
                .Select(plan => plan.Mistake!.At(item.Left.Place!))));
    }

    private static void Emit(SourceProductionContext output, ModelPlan plan)
    {
        var hintName = plan.Spec.Type.HintName;
        output.AddSource($"{hintName}.g.cs", SourceText.From(ModelEmitter.Emit(plan), Encoding.UTF8));
        output.AddSource($"{hintName}.Passes.g.cs", SourceText.From(PassesEmitter.Emit(plan), Encoding.UTF8));
        foreach (var width in Width.Of(plan))
            output.AddSource($"{hintName}.{width.Name}.g.cs", SourceText.From(KernelsEmitter.Emit(plan, width), Encoding.UTF8));
    }

    private static void Report(
        IncrementalGeneratorInitializationContext context, IncrementalValuesProvider<DiagnosticInfo> diagnostics) =>
        context.RegisterSourceOutput(
            diagnostics.Combine(context.CompilationProvider),
            static (output, item) => output.ReportDiagnostic(item.Left.ToDiagnostic(item.Right)));
}
