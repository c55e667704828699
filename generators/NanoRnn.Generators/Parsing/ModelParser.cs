using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NanoRnn.Generators.Diagnostics;
using NanoRnn.Generators.Parsing.Functions;
using NanoRnn.Generators.Parsing.Graph;

namespace NanoRnn.Generators.Parsing;

/// <summary>From a class with attributes to a <see cref="ModelSpec"/>: the only room that sees symbols.</summary>
internal static class ModelParser
{
    public const string ModelAttribute = "NanoRnn.RnnModelAttribute";

    private const string LossAttribute = "NanoRnn.LossAttribute";

    private const string OutputAttribute = "NanoRnn.OutputAttribute";

    /// <summary>The lowest version of C# that generated files are written in: static members of interfaces are called.</summary>
    private const LanguageVersion LowestLanguage = LanguageVersion.CSharp12;

    public static readonly ImmutableArray<string> LayerAttributes =
        [.. Enum.GetNames(typeof(LayerKind)).Select(kind => $"NanoRnn.{kind}Attribute")];

    /// <summary>The attributes that mean nothing without [RnnModel].</summary>
    public static readonly ImmutableArray<string> PartAttributes = LayerAttributes.Add(LossAttribute).Add(OutputAttribute);

    public static ParseResult Parse(GeneratorAttributeSyntaxContext context, CancellationToken cancellation)
    {
        var symbol = (INamedTypeSymbol)context.TargetSymbol;
        return symbol.TypeKind != TypeKind.Class || !IsFirst(context, name => name == ModelAttribute) || HasRival(symbol)
            ? ParseResult.Nothing
            : Parse(symbol, (TypeDeclarationSyntax)context.TargetNode, context.Attributes[0], context.SemanticModel.Compilation, cancellation);
    }

    /// <summary>Reads a model again, in a compilation that knows more.</summary>
    public static ParseResult Parse(string metadataName, Compilation compilation, CancellationToken cancellation)
    {
        var symbol = compilation.Assembly.GetTypeByMetadataName(metadataName)!;
        var attribute = FindModelAttribute(symbol)!;
        var syntax = attribute.ApplicationSyntaxReference!.GetSyntax(cancellation).FirstAncestorOrSelf<TypeDeclarationSyntax>()!;
        return Parse(symbol, syntax, attribute, compilation, cancellation);
    }

    private static ParseResult Parse(
        INamedTypeSymbol symbol, TypeDeclarationSyntax syntax, AttributeData attribute, Compilation compilation, CancellationToken cancellation)
    {
        var diagnostics = new List<DiagnosticInfo>();
        CheckLanguage(symbol, syntax, attribute, diagnostics);
        var optionsParser = new ModelOptionsParser(symbol.Name, attribute, diagnostics);
        var options = optionsParser.Parse();
        var type = TypeParser.Parse(symbol, syntax, options.Precision, diagnostics);
        cancellation.ThrowIfCancellationRequested();

        var own = new LayerSource(symbol, syntax, attribute);
        var lacksValues = FindUnseen(own, own.Symbol, compilation, diagnostics, cancellation);

        // What is wrong with the layers of another class is said there.
        List<DiagnosticInfo> ofOther = [];
        if (LayerSource.Find(own, diagnostics, cancellation) is not { } source)
            return Result(null);
        var ofLayers = source == own ? diagnostics : ofOther;
        if (source != own)
            lacksValues |= FindUnseen(source, own.Symbol, compilation, diagnostics, cancellation);
        var list = new LayerListParser(source.Symbol, source.Syntax, compilation, ofLayers);
        list.Parse(cancellation);
        LayerSpec[] layers = [.. list.Layers.Select(item => item.Layer)];
        var inputSize = ParseInputSize(source.Attribute, layers.FirstOrDefault(), ofLayers);
        var shapes = new LayerSequenceChecker(source.Symbol.Name, inputSize, list, ofLayers).Check(FindOutputs(source.Symbol));
        var lossParser = new LossParser(symbol, compilation, diagnostics);
        var losses = lossParser.Parse(symbol.GetAttributes().Where(candidate => NameOf(candidate) == LossAttribute));
        optionsParser.CheckTraining(options, layers);
        CheckWeights(type, inputSize, layers, shapes, syntax, diagnostics);
        var isWhole = !list.LacksFunction && !lossParser.LacksLoss && !lacksValues && !diagnostics.Concat(ofOther).Any(diagnostic => diagnostic.IsError);
        return Result(isWhole ? new ModelSpec(type, inputSize, new([.. layers]), list.Outputs, new([.. losses]), options) : null);

        ParseResult Result(ModelSpec? model)
        {
            // What else would be said might follow from the unknown value.
            var pending = diagnostics.Concat(ofOther).Where(diagnostic => diagnostic.Id == DiagnosticDescriptors.UnseenValue.Id).ToArray();
            return pending.Length > 0
                ? new ParseResult(null, new([.. pending]), type.MetadataName)
                : new ParseResult(model, new([.. diagnostics]));
        }
    }

    /// <summary>Whether an attribute of ours has an argument without a value, which is reported if the compiler may not do so.</summary>
    private static bool FindUnseen(
        LayerSource source, INamedTypeSymbol user, Compilation compilation, List<DiagnosticInfo> diagnostics, CancellationToken cancellation)
    {
        var incomplete = source.Symbol.GetAttributes()
            .Where(candidate => NameOf(candidate) is { } name && IsOurs(name) && !LayerParser.IsComplete(candidate))
            .Select(candidate => candidate.ApplicationSyntaxReference?.GetSyntax(cancellation))
            .ToList();
        foreach (var part in incomplete)
            if (part is { ContainsDiagnostics: false } && UnseenValue.Find(part, compilation, user.Name) is { } unknown)
                diagnostics.Add(unknown);
        return incomplete.Count > 0;
    }

    /// <summary>The attribute that makes a class a model; null if it is none.</summary>
    public static AttributeData? FindModelAttribute(INamedTypeSymbol symbol) =>
        symbol.GetAttributes().FirstOrDefault(attribute => NameOf(attribute) == ModelAttribute);

    /// <summary>Layers or losses of a class that nobody marked as a model: most likely [RnnModel] was forgotten.</summary>
    public static DiagnosticInfo? FindForgotten(GeneratorAttributeSyntaxContext context, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var symbol = (INamedTypeSymbol)context.TargetSymbol;
        return symbol.TypeKind != TypeKind.Class
            || IsModel(symbol)
            || !IsFirst(context, PartAttributes.Contains)
            ? null
            : DiagnosticInfo.Create(
                DiagnosticDescriptors.LayersWithoutModel, LayerParser.LocationOf(context.Attributes[0]), symbol.Name);
    }

    /// <summary>The attribute that names the outputs; null if there is none.</summary>
    public static AttributeData? FindOutputs(INamedTypeSymbol symbol) =>
        symbol.GetAttributes().FirstOrDefault(attribute => NameOf(attribute) == OutputAttribute);

    public static bool IsModel(INamedTypeSymbol symbol) => FindModelAttribute(symbol) is not null;

    public static bool HasLayers(INamedTypeSymbol symbol) => symbol.GetAttributes().Any(attribute => KindOf(attribute) is not null);

    /// <summary>Whether another type has the same name, as a class and a record may have; the compiler reports it.</summary>
    private static bool HasRival(INamedTypeSymbol symbol) =>
        ((INamespaceOrTypeSymbol)symbol.ContainingSymbol).GetTypeMembers(symbol.Name, symbol.Arity).Length > 1;

    private static void CheckLanguage(
        INamedTypeSymbol symbol, TypeDeclarationSyntax syntax, AttributeData attribute, List<DiagnosticInfo> diagnostics)
    {
        var language = ((CSharpParseOptions)syntax.SyntaxTree.Options).LanguageVersion;
        if (language < LowestLanguage)
            diagnostics.Add(DiagnosticInfo.Create(
                DiagnosticDescriptors.LanguageTooLow,
                LayerParser.LocationOf(attribute),
                symbol.Name,
                LowestLanguage.ToDisplayString(),
                language.ToDisplayString()));
    }

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

    private static bool IsOurs(string name) => name == ModelAttribute || PartAttributes.Contains(name);

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

    /// <summary>Which layer an attribute names; null if none.</summary>
    public static LayerKind? KindOf(AttributeData attribute)
    {
        var index = LayerAttributes.IndexOf(NameOf(attribute) ?? "");
        return index < 0 ? null : (LayerKind)index;
    }

    private static void CheckWeights(
        TypeSpec type,
        int inputSize,
        IReadOnlyList<LayerSpec> layers,
        IReadOnlyList<LayerShape> shapes,
        TypeDeclarationSyntax syntax,
        List<DiagnosticInfo> diagnostics)
    {
        var weights = 0L;
        foreach (var layer in layers)
        {
            long gates = layer.Kind switch { LayerKind.Lstm => 4, LayerKind.Gru => 4, _ => layer.Cell?.SumCount ?? 1 };
            var directions = layer.IsBidirectional ? 2 : 1;
            var read = layer.Inputs[0] == ModelSpec.ModelInput ? inputSize : shapes[layer.Inputs[0]].Features;
            var inputs = layer.Kind == LayerKind.Conv1D ? read / Math.Max(1, layer.Positions) / layer.Groups : read;
            weights += layer.Kind == LayerKind.Slice || layer.IsPositionPadding || layer.Attends || layer.IsGlobalPooling || layer.HasWindows && !layer.IsAffine ? 0
                : layer.Kind == LayerKind.Embedding ? layer.Vocabulary * (layer.Units + 16L)
                : directions * gates * (inputs * layer.KernelSize + (layer.IsRecurrent ? layer.Units : 0) + 2) * (layer.Units + 16L);
        }

        if (weights > int.MaxValue / sizeof(float)
            && diagnostics.All(diagnostic => diagnostic.Id != DiagnosticDescriptors.SizeOutOfRange.Id))
            diagnostics.Add(DiagnosticInfo.Create(
                DiagnosticDescriptors.ModelTooLarge, syntax.Identifier.GetLocation(), type.DisplayName, LayerParser.Text(weights)));
    }
}
