using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NanoRnn.Generators.Diagnostics;
using NanoRnn.Generators.Parsing.Graph;

namespace NanoRnn.Generators.Parsing;

/// <summary>Reads the layers of a declaration in their order, and what each of them reads.</summary>
/// <param name="symbol">The class.</param>
/// <param name="syntax">Its declaration with [RnnModel].</param>
/// <param name="compilation">Where the bodies of the user's functions are.</param>
/// <param name="diagnostics">Where mistakes go.</param>
internal sealed class LayerListParser(INamedTypeSymbol symbol, TypeDeclarationSyntax syntax, Compilation compilation, List<DiagnosticInfo> diagnostics)
{
    /// <summary>The layers with their attributes.</summary>
    public List<(LayerSpec Layer, Location Location)> Layers { get; } = [];

    /// <summary>Numbers of the layers whose outputs are the model's; none where no attribute says so.</summary>
    public EquatableArray<int> Outputs { get; private set; }

    /// <summary>Whether a function or cell could not be read.</summary>
    public bool LacksFunction { get; private set; }

    /// <summary>Whether layers are on several declarations, so that they have no order.</summary>
    public bool IsSpread { get; private set; }

    public void Parse(CancellationToken cancellation)
    {
        var attributes = symbol.GetAttributes()
            .Where(attribute => ModelParser.KindOf(attribute) is not null && attribute.ApplicationSyntaxReference is not null)
            .OrderBy(attribute => attribute.ApplicationSyntaxReference!.Span.Start)
            .ToList();
        if (attributes.Count == 0)
            diagnostics.Add(DiagnosticInfo.Create(DiagnosticDescriptors.NoLayers, syntax.Identifier.GetLocation(), symbol.Name));
        CheckDeclaration(attributes);

        var names = new HashSet<string>(StringComparer.Ordinal);
        var inputs = new List<IReadOnlyList<string?>?>();
        foreach (var attribute in attributes)
        {
            cancellation.ThrowIfCancellationRequested();
            var parser = new LayerParser(attribute, ModelParser.KindOf(attribute)!.Value, symbol, compilation, diagnostics);
            Layers.Add((parser.Parse(names), LayerParser.LocationOf(attribute)));
            inputs.Add(LayerParser.IsComplete(attribute) ? parser.InputNames : null);
            LacksFunction |= parser.LacksFunction;
        }

        var resolver = new InputResolver([.. Layers.Select(item => item.Layer)], diagnostics);
        for (var i = 0; i < Layers.Count; i++)
            Layers[i] = (Layers[i].Layer with { Inputs = resolver.Resolve(i, inputs[i], Layers[i].Location) }, Layers[i].Location);
        if (ModelParser.FindOutputs(symbol) is { } output && LayerParser.IsComplete(output) && Layers.Count > 0)
            ParseOutputs(output, resolver);
    }

    /// <summary>C# gives attributes no order of its own; within one declaration the source does.</summary>
    private void CheckDeclaration(List<AttributeData> attributes)
    {
        foreach (var attribute in attributes)
        {
            var reference = attribute.ApplicationSyntaxReference!;
            if (reference.SyntaxTree == syntax.SyntaxTree && syntax.Span.Contains(reference.Span))
                continue;
            diagnostics.Add(DiagnosticInfo.Create(DiagnosticDescriptors.LayersSpread, LayerParser.LocationOf(attribute), symbol.Name));
            IsSpread = true;
            return;
        }
    }

    private void ParseOutputs(AttributeData output, InputResolver resolver)
    {
        var location = LayerParser.LocationOf(output);
        Outputs = resolver.ResolveOutputs(LayerParser.NamesIn(output), symbol.Name, location);
        if (!IsSpread && Layers.FirstOrDefault(item => item.Location.SourceSpan.Start > location.SourceSpan.Start).Layer is { } below)
            diagnostics.Add(DiagnosticInfo.Create(
                DiagnosticDescriptors.InvalidOutput, location, symbol.Name, $"stands above '{below.Name}': put it below all layers"));
        OutputNames.Check(Outputs.Select(layer => Layers[layer].Layer.Name), symbol.Name, compilation, location, diagnostics);
    }
}
