using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NanoRnn.Generators.Diagnostics;

namespace NanoRnn.Generators.Parsing;

/// <summary>From a class with attributes to a <see cref="ModelSpec"/>: the only room that sees symbols.</summary>
internal static class ModelParser
{
    public const string ModelAttribute = "NanoRnn.RnnModelAttribute";

    public static readonly ImmutableArray<string> LayerAttributes =
        [.. Enum.GetNames(typeof(LayerKind)).Select(kind => $"NanoRnn.{kind}Attribute")];

    public static ParseResult Parse(GeneratorAttributeSyntaxContext context, CancellationToken cancellation)
    {
        var symbol = (INamedTypeSymbol)context.TargetSymbol;
        var syntax = (TypeDeclarationSyntax)context.TargetNode;
        if (symbol.TypeKind != TypeKind.Class || !IsFirst(context, name => name == ModelAttribute))
            return ParseResult.Nothing;

        var diagnostics = new List<DiagnosticInfo>();
        var optionsParser = new ModelOptionsParser(symbol.Name, context.Attributes[0], diagnostics);
        var options = optionsParser.Parse();
        var type = TypeParser.Parse(symbol, syntax, options.Precision, diagnostics);
        cancellation.ThrowIfCancellationRequested();

        var layers = ParseLayers(context, syntax, diagnostics, out var lackFunctions, cancellation);
        var inputSize = ParseInputSize(context.Attributes[0], layers.FirstOrDefault(), diagnostics);
        optionsParser.CheckTraining(options, layers);
        CheckWeights(type, inputSize, layers, syntax, diagnostics);
        CheckPrecision(context.Attributes[0], symbol.Name, options.Precision, layers, diagnostics);
        var hasErrors = lackFunctions || diagnostics.Any(diagnostic => diagnostic.IsError)
            || symbol.GetAttributes().Any(attribute => NameOf(attribute) is { } name && IsOurs(name) && !LayerParser.IsComplete(attribute));
        var model = hasErrors ? null : new ModelSpec(type, inputSize, new([.. layers]), options);
        return new ParseResult(
            model,
            new([.. diagnostics]),
            options is { Weights: not null } or { MemoryBudget: > 0 } or { CheckpointSteps: > 0 } or { KnowsBatch: true } || model is { IsLarge: true }
                ? SourcePlace.Of(LayerParser.LocationOf(context.Attributes[0]))
                : null);
    }

    /// <summary>Layers on a class that nobody marked as a model: most likely [RnnModel] was forgotten.</summary>
    public static DiagnosticInfo? FindForgotten(GeneratorAttributeSyntaxContext context, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var symbol = (INamedTypeSymbol)context.TargetSymbol;
        return symbol.TypeKind != TypeKind.Class
            || IsModel(symbol)
            || !IsFirst(context, LayerAttributes.Contains)
            ? null
            : DiagnosticInfo.Create(
                DiagnosticDescriptors.LayersWithoutModel, LayerParser.LocationOf(context.Attributes[0]), symbol.Name);
    }

    public static bool IsModel(INamedTypeSymbol symbol) =>
        symbol.GetAttributes().Any(attribute => NameOf(attribute) == ModelAttribute);

    /// <summary>
    /// Roslyn calls once per declaration and kind of attribute; what is said of the class is said at the first of its attributes.
    /// </summary>
    private static bool IsFirst(GeneratorAttributeSyntaxContext context, Func<string, bool> isMeant)
    {
        var first = context.TargetSymbol.GetAttributes().First(attribute => NameOf(attribute) is { } name && isMeant(name));
        return first.Equals(context.Attributes[0])
            && first.ApplicationSyntaxReference is { } reference
            && reference.SyntaxTree == context.TargetNode.SyntaxTree
            && context.TargetNode.Span.Contains(reference.Span);
    }

    private static string? NameOf(AttributeData attribute) => attribute.AttributeClass?.ToDisplayString();

    private static bool IsOurs(string name) => name == ModelAttribute || LayerAttributes.Contains(name);

    private static int ParseInputSize(AttributeData attribute, LayerSpec? first, List<DiagnosticInfo> diagnostics)
    {
        var given = attribute.NamedArguments.Where(argument => argument.Key == "InputSize").ToArray();
        if (first?.Kind == LayerKind.Embedding)
        {
            if (given.Length > 0)
                diagnostics.Add(DiagnosticInfo.Create(
                    DiagnosticDescriptors.OptionDoesNotApply,
                    LayerParser.LocationOf(attribute),
                    "InputSize",
                    first.Name,
                    "a model that begins with an embedding takes one token per time step"));
            return 1;
        }

        var inputSize = given.Select(argument => argument.Value.Value as int? ?? 0).FirstOrDefault();
        if (inputSize is < 1 or > LayerParser.MaxSize && LayerParser.IsComplete(attribute))
            diagnostics.Add(DiagnosticInfo.Create(
                DiagnosticDescriptors.SizeOutOfRange,
                LayerParser.LocationOf(attribute),
                "InputSize",
                LayerParser.Text(LayerParser.MaxSize),
                LayerParser.Text(inputSize)));
        return inputSize;
    }

    private static List<LayerSpec> ParseLayers(
        GeneratorAttributeSyntaxContext context,
        TypeDeclarationSyntax syntax,
        List<DiagnosticInfo> diagnostics,
        out bool lackFunctions,
        CancellationToken cancellation)
    {
        var symbol = (INamedTypeSymbol)context.TargetSymbol;
        var attributes = symbol.GetAttributes()
            .Select(attribute => (Attribute: attribute, Kind: KindOf(attribute)))
            .Where(layer => layer.Kind is not null && layer.Attribute.ApplicationSyntaxReference is not null)
            .ToList();
        if (attributes.Count == 0)
            diagnostics.Add(DiagnosticInfo.Create(DiagnosticDescriptors.NoLayers, syntax.Identifier.GetLocation(), symbol.Name));

        // C# gives attributes no order of its own; within one declaration the source does.
        var isSpread = false;
        foreach (var (attribute, _) in attributes)
        {
            var reference = attribute.ApplicationSyntaxReference!;
            if (reference.SyntaxTree != syntax.SyntaxTree || !syntax.Span.Contains(reference.Span))
            {
                diagnostics.Add(DiagnosticInfo.Create(
                    DiagnosticDescriptors.LayersSpread, LayerParser.LocationOf(attribute), symbol.Name));
                isSpread = true;
                break;
            }
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        var layers = new List<(LayerSpec Layer, Location Location)>();
        lackFunctions = false;
        foreach (var (attribute, kind) in attributes.OrderBy(layer => layer.Attribute.ApplicationSyntaxReference!.Span.Start))
        {
            cancellation.ThrowIfCancellationRequested();
            var parser = new LayerParser(attribute, kind!.Value, symbol, context.SemanticModel.Compilation, diagnostics);
            layers.Add((parser.Parse(names), LayerParser.LocationOf(attribute)));
            lackFunctions |= parser.LacksFunction;
        }

        if (!isSpread)
            new LayerSequenceChecker(symbol.Name, layers, diagnostics).Check();
        return [.. layers.Select(layer => layer.Layer)];
    }

    private static LayerKind? KindOf(AttributeData attribute)
    {
        var index = LayerAttributes.IndexOf(NameOf(attribute) ?? "");
        return index < 0 ? null : (LayerKind)index;
    }

    private static void CheckPrecision(
        AttributeData attribute, string model, PrecisionKind precision, List<LayerSpec> layers, List<DiagnosticInfo> diagnostics)
    {
        var hasKernels = layers.Where((layer, i) => layer.Kind is LayerKind.SimpleRnn or LayerKind.Lstm or LayerKind.Gru
            || layer.Kind == LayerKind.Dense && (i == 0 || layer.Units > LayerSpec.MaxDotUnits)).Any();
        if (precision != PrecisionKind.Float32 && layers.Count > 0 && !hasKernels)
            diagnostics.Add(DiagnosticInfo.Create(
                DiagnosticDescriptors.NothingReduced, LayerParser.LocationOf(attribute), model, precision.ToString()));
    }

    private static void CheckWeights(
        TypeSpec type, int inputSize, List<LayerSpec> layers, TypeDeclarationSyntax syntax, List<DiagnosticInfo> diagnostics)
    {
        var weights = 0L;
        long inputs = inputSize;
        foreach (var layer in layers)
        {
            long gates = layer.Kind switch { LayerKind.Lstm => 4, LayerKind.Gru => 4, _ => layer.Cell?.SumCount ?? 1 };
            var directions = layer.IsBidirectional ? 2 : 1;
            weights += layer.Kind == LayerKind.Embedding
                ? layer.Vocabulary * (layer.Units + 16L)
                : directions * gates * (inputs + (layer.IsRecurrent ? layer.Units : 0) + 2) * (layer.Units + 16L);
            inputs = layer.Units == 0 ? inputs : layer.Units * (layer.IsBidirectional && layer.MergeMode == MergeKind.Concat ? 2L : 1);
        }

        if (weights > int.MaxValue / sizeof(float)
            && diagnostics.All(diagnostic => diagnostic.Id != DiagnosticDescriptors.SizeOutOfRange.Id))
            diagnostics.Add(DiagnosticInfo.Create(
                DiagnosticDescriptors.ModelTooLarge, syntax.Identifier.GetLocation(), type.DisplayName, LayerParser.Text(weights)));
    }
}
