using Microsoft.CodeAnalysis;
using NanoRnn.Generators.Diagnostics;

namespace NanoRnn.Generators.Parsing.Graph;

/// <summary>From the names by which layers read others to their numbers: a layer reads only what stands above it, so there are no cycles.</summary>
/// <param name="layers">The layers in source order, whose inputs are not known yet.</param>
/// <param name="diagnostics">Where mistakes go.</param>
internal sealed class InputResolver(IReadOnlyList<LayerSpec> layers, List<DiagnosticInfo> diagnostics)
{
    /// <summary>What a layer reads. Where a name is wrong it is the layer above, so that no other mistake follows from that one.</summary>
    /// <param name="reader">Number of the layer.</param>
    /// <param name="names">What its attribute names, null for the layer above; null for nothing.</param>
    /// <param name="location">Its attribute.</param>
    public EquatableArray<int> Resolve(int reader, IReadOnlyList<string?>? names, Location location)
    {
        var above = new EquatableArray<int>([reader - 1]);
        if (names is null)
            return above;
        var (layer, known) = (layers[reader], diagnostics.Count);
        if (layer.IsMerge && names.Count < 2)
            Report(DiagnosticDescriptors.TooFewInputs, location, layer.Name);
        var found = names.OfType<string>().Distinct().ToDictionary(name => name, name => Find(reader, name, location));
        var inputs = names.Select(name => name is null ? reader - 1 : found[name]).ToArray();
        return diagnostics.Count == known ? new([.. inputs]) : layer.Attends ? new([reader - 1, reader - 1, reader - 1]) : above;
    }

    /// <summary>The layers whose outputs are the model's.</summary>
    /// <param name="names">What the attribute names.</param>
    /// <param name="model">Name of the class.</param>
    /// <param name="location">The attribute.</param>
    public EquatableArray<int> ResolveOutputs(IReadOnlyList<string> names, string model, Location location)
    {
        var outputs = new List<int>();
        if (names.Count == 0)
            Refuse("names no layer");
        foreach (var name in names)
        {
            var layer = IndexOf(name);
            if (layer < 0)
                Refuse($"names '{name}', which no layer is called: {Names(layers.Count)}");
            else if (outputs.Contains(layer))
                Refuse($"names '{name}' twice");
            else
                outputs.Add(layer);
        }

        return new([.. outputs]);

        void Refuse(string reason) => Report(DiagnosticDescriptors.InvalidOutput, location, model, reason);
    }

    private int Find(int reader, string name, Location location)
    {
        if (name == ModelSpec.ModelInputName)
        {
            if (layers[0].Kind == LayerKind.Embedding && reader > 0)
                Report(DiagnosticDescriptors.InputNotFound, location, layers[reader].Name, name, $"the model's input is tokens, which '{layers[0].Name}' alone reads");
            return ModelSpec.ModelInput;
        }

        var index = IndexOf(name);
        if (index < 0)
            Report(DiagnosticDescriptors.InputNotFound, location, layers[reader].Name, name, $"no layer has that name: {Names(reader)}");
        else if (index >= reader)
            Report(
                DiagnosticDescriptors.InputNotAbove, location, layers[reader].Name, name,
                index == reader ? "it would read itself" : "that stands below it");
        return index;
    }

    private int IndexOf(string name)
    {
        for (var i = 0; i < layers.Count; i++)
            if (layers[i].Name == name)
                return i;
        return -1;
    }

    private string Names(int count) =>
        $"those above it are {string.Join(", ", layers.Take(count).Select(layer => layer.Name).Prepend(ModelSpec.ModelInputName).Select(name => $"'{name}'"))}";

    private void Report(DiagnosticDescriptor descriptor, Location location, params string[] arguments) =>
        diagnostics.Add(DiagnosticInfo.Create(descriptor, location, arguments));
}
