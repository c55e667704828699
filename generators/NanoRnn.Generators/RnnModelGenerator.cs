using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using NanoRnn.Generators.Diagnostics;
using NanoRnn.Generators.Parsing;

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
    internal const string CompiledStep = "Compiled";
    internal const string DiagnosticsStep = "Diagnostics";

    private readonly Func<GeneratorAttributeSyntaxContext, CancellationToken, ParseResult> _parse;
    private readonly Func<ModelSpec, VectorWidths, CancellationToken, CompiledModel> _compile;

    /// <summary>The generator.</summary>
    public RnnModelGenerator()
        : this(ModelParser.Parse, ModelCompiler.Compile)
    {
    }

    /// <summary>With other rooms.</summary>
    internal RnnModelGenerator(
        Func<GeneratorAttributeSyntaxContext, CancellationToken, ParseResult> parse,
        Func<ModelSpec, VectorWidths, CancellationToken, CompiledModel> compile) =>
        (_parse, _compile) = (parse, compile);

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var widths = context.AnalyzerConfigOptionsProvider.Select(static (options, _) => VectorWidthsParser.Parse(options));
        var parsed = context.SyntaxProvider
            .ForAttributeWithMetadataName(ModelParser.ModelAttribute, static (node, _) => node is TypeDeclarationSyntax, Parse)
            .WithTrackingName(ParsedStep);
        var compiled = Register(context, parsed.Where(static result => result.Pending is null), widths);

        var pending = parsed.Where(static result => result.Pending is not null).Collect();
        Register(
            context,
            pending.Combine(compiled.Collect()).Combine(context.CompilationProvider).Combine(widths).SelectMany((item, cancellation) =>
            {
                var (((models, others), compilation), all) = item;
                return PendingModels.Resolve(models, others, compilation, model => Compile(model, all, cancellation), cancellation);
            }),
            widths);

        context.RegisterSourceOutput(
            context.AnalyzerConfigOptionsProvider.Select(static (options, _) => VectorWidthsParser.FindMistake(options)),
            static (output, diagnostic) =>
            {
                if (diagnostic is not null)
                    output.ReportDiagnostic(diagnostic.ToDiagnostic());
            });
        foreach (var attribute in ModelParser.PartAttributes)
            Report(context, context.SyntaxProvider
                .ForAttributeWithMetadataName(attribute, static (node, _) => node is TypeDeclarationSyntax, FindForgotten)
                .Where(static diagnostic => diagnostic is not null)
                .Select(static (diagnostic, _) => diagnostic!));
    }

    internal static void Report(
        IncrementalGeneratorInitializationContext context, IncrementalValuesProvider<DiagnosticInfo> diagnostics) =>
        context.RegisterSourceOutput(
            diagnostics.Combine(context.CompilationProvider),
            static (output, item) => output.ReportDiagnostic(item.Left.ToDiagnostic(item.Right)));

    /// <summary>From what was read to files and diagnostics.</summary>
    private IncrementalValuesProvider<CompiledModel> Register(
        IncrementalGeneratorInitializationContext context,
        IncrementalValuesProvider<ParseResult> parsed,
        IncrementalValueProvider<VectorWidths> widths)
    {
        var models = parsed
            .Where(static result => result.Model is not null)
            .Select(static (result, _) => result.Model!)
            .WithTrackingName(ModelsStep);
        var compiled = models
            .Combine(widths)
            .Select((item, cancellation) => Compile(item.Left, item.Right, cancellation))
            .WithTrackingName(CompiledStep);
        context.RegisterSourceOutput(compiled, static (output, model) =>
        {
            foreach (var file in model.Files)
                output.AddSource(file.HintName, SourceText.From(file.Text, Encoding.UTF8));
        });
        Report(context, parsed.SelectMany(static (result, _) => result.Diagnostics).WithTrackingName(DiagnosticsStep));
        Report(context, compiled.SelectMany(static (model, _) => model.Diagnostics));
        PretrainedPipeline.Register(
            context, compiled.Where(static model => model.Files.Count > 0).Select(static (model, _) => model.Spec));
        return compiled;
    }

    private ParseResult Parse(GeneratorAttributeSyntaxContext context, CancellationToken cancellation) => InternalError.Guard(
        context.TargetSymbol.Name,
        () => PlaceOf(context),
        () => _parse(context, cancellation),
        static diagnostic => new ParseResult(null, new([diagnostic])));

    private CompiledModel Compile(ModelSpec model, VectorWidths widths, CancellationToken cancellation) => InternalError.Guard(
        model.Type.DisplayName,
        () => SourcePlace.OfModel(model.Type.MetadataName),
        () => _compile(model, widths, cancellation),
        diagnostic => new CompiledModel(model, default, new([diagnostic])));

    private static DiagnosticInfo? FindForgotten(GeneratorAttributeSyntaxContext context, CancellationToken cancellation) => InternalError.Guard(
        context.TargetSymbol.Name,
        () => PlaceOf(context),
        () => ModelParser.FindForgotten(context, cancellation),
        static diagnostic => diagnostic);

    private static SourcePlace PlaceOf(GeneratorAttributeSyntaxContext context) =>
        SourcePlace.Of(((TypeDeclarationSyntax)context.TargetNode).Identifier.GetLocation());
}
