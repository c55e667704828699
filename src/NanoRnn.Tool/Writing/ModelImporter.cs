using NanoRnn.Tool.Graphs;
using NanoRnn.Tool.Recognition;

namespace NanoRnn.Tool.Writing;

/// <summary>From a graph to what is written of it.</summary>
internal static class ModelImporter
{
    /// <summary>Imports a graph.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="name">Name of the class.</param>
    /// <param name="space">Its namespace; null for none.</param>
    /// <param name="source">What the class is made of, for its documentation.</param>
    /// <param name="outputs">The outputs that are wanted; none for all.</param>
    /// <exception cref="UnsupportedModelException">NanoRnn has no layers for it.</exception>
    public static ImportedFiles Import(OperatorGraph graph, string name, string? space, string source, IReadOnlyList<string> outputs)
    {
        var network = NetworkReader.Read(graph, outputs);
        var model = LayerPlanner.Plan(network, name);
        var text = ClassText.Write(model, name, space, [source, .. network.Notes]);
        if (network.Layout.IsOpen)
            CompareWithOtherSteps(graph, network, model, name, space, outputs, ClassText.Write(model, name, space, []));
        var weights = WeightsFile.Write([.. model.Tensors], "F32", [new("format", "nanornn"), new("model", name)]);
        return new ImportedFiles(name, model, text, weights, ModelCheck.Of(graph, network), network.Notes);
    }

    /// <summary>What depends on the number of steps otherwise than layers do is no model of NanoRnn.</summary>
    private static void CompareWithOtherSteps(OperatorGraph graph, Network network, ImportedModel model, string name, string? space, IReadOnlyList<string> outputs, string text)
    {
        var other = LayerPlanner.Plan(new NetworkReader(graph, network.Layout.Other, outputs).Read(), name);
        if (ClassText.Write(other, name, space, []) != text || !model.Tensors.Zip(other.Tensors).All(pair => pair.First.Values.AsSpan().SequenceEqual(pair.Second.Values)))
            throw new UnsupportedModelException($"input {network.Layout.Input}: the model computes otherwise with {network.Layout.Steps} steps than with {network.Layout.Other.Steps}, which NanoRnn has no layer for.");
    }
}
