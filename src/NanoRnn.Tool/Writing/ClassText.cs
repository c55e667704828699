using System.Text;
using System.Xml.Linq;

namespace NanoRnn.Tool.Writing;

/// <summary>A model as an annotated class.</summary>
internal static class ClassText
{
    /// <summary>The source text.</summary>
    /// <param name="model">The model.</param>
    /// <param name="name">Name of the class.</param>
    /// <param name="space">Its namespace; null for none.</param>
    /// <param name="summary">What the class is, one paragraph a line.</param>
    public static string Write(ImportedModel model, string name, string? space, IReadOnlyList<string> summary)
    {
        var text = new StringBuilder("using System;\nusing NanoRnn;\n\n");
        if (model.Methods.Count == 0)
            text.Replace("using System;\n", "");
        if (space is not null)
            text.Append($"namespace {space};\n\n");
        text.Append("/// <summary>\n");
        foreach (var line in summary)
            text.Append("/// ").Append(new XText(line).ToString().ReplaceLineEndings(" ")).Append('\n');
        text.Append("/// </summary>\n");
        text.Append(model.InputSize > 0 ? $"[RnnModel(InputSize = {model.InputSize})]\n" : "[RnnModel]\n");
        for (var i = 0; i < model.Layers.Count; i++)
            text.Append(Attribute(model, i)).Append('\n');
        if (model.Outputs.Count > 1 || model.Outputs[0] != model.Layers.Count - 1)
            text.Append($"[Output({Names(model, model.Outputs)})]\n");
        text.Append($"public sealed partial class {name}");
        if (model.Methods.Count == 0)
            return text.Append(";\n").ToString();
        text.Append("\n{\n");
        text.AppendJoin('\n', model.Methods.Select(method => $"    /// <summary>{method.Summary}</summary>\n    {method.Text.ReplaceLineEndings("\n").Replace("\n", "\n    ", StringComparison.Ordinal)}\n"));
        return text.Append("}\n").ToString();
    }

    private static string Attribute(ImportedModel model, int number)
    {
        var layer = model.Layers[number];
        var parts = new List<string>();
        if (layer.IsMerge)
            parts.Add(Names(model, layer.Inputs));
        else if (layer.IsAttention)
            parts.Add($"{NameOf(model, layer.Inputs[1])}{(layer.Inputs[2] == layer.Inputs[1] ? "" : $", Key = {NameOf(model, layer.Inputs[2])}")}");
        else if (layer.Arguments.Length > 0)
            parts.Add(layer.Arguments);
        parts.AddRange(layer.Options.Select(option => $"{option.Name} = {option.Value}"));
        if (!layer.IsMerge && layer.Inputs[0] != number - 1)
            parts.Add($"Input = {NameOf(model, layer.Inputs[0])}");
        if (layer.GivenName is { } name)
            parts.Add($"Name = \"{name}\"");
        return $"[{layer.Kind}{(parts.Count > 0 ? $"({string.Join(", ", parts)})" : "")}]";
    }

    private static string Names(ImportedModel model, IEnumerable<int> layers) => string.Join(", ", layers.Select(layer => NameOf(model, layer)));

    private static string NameOf(ImportedModel model, int layer) => $"\"{(layer < 0 ? "input" : model.Layers[layer].Name)}\"";
}
