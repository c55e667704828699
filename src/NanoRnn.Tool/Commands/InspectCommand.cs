using System.CommandLine;
using System.Text.Json;
using NanoRnn.Tool.Formats;
using NanoRnn.Tool.Graphs;
using Spectre.Console;

namespace NanoRnn.Tool.Commands;

/// <summary><c>nanornn inspect</c>: what a file has.</summary>
internal static class InspectCommand
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static Command Create(IAnsiConsole console)
    {
        var file = new Argument<string>("FILE") { Description = "a file of any format that the tool reads" };
        var json = new Option<bool>("--json") { Description = "for programs" };
        var command = new Command("inspect", "Shows inputs, operators, tensors, parameters, bytes and metadata of a file.") { file, json };
        command.SetAction(result =>
        {
            var model = ModelFiles.Read(result.GetValue(file)!);
            if (result.GetValue(json))
                console.Profile.Out.Writer.WriteLine(JsonSerializer.Serialize(Describe(model), Indented));
            else
                Show(console, model);
            return ExitCodes.Success;
        });
        return command;
    }

    private static void Show(IAnsiConsole console, ModelFile model)
    {
        console.WriteLine($"{model.Format}: {model.Tensors.Count} tensors, {model.Tensors.Sum(tensor => (long)tensor.Value.Count)} parameters, {model.Tensors.Sum(tensor => tensor.Bytes)} bytes");
        foreach (var (key, value) in model.Metadata)
            console.WriteLine($"{key}: {value}");
        if (model.Graph is { } graph)
        {
            console.WriteLine($"inputs: {string.Join(", ", graph.Inputs)}");
            console.WriteLine($"outputs: {string.Join(", ", graph.Outputs)}");
            console.WriteLine($"operators: {string.Join(", ", graph.Nodes.CountBy(node => node.Kind).OrderByDescending(count => count.Value).ThenBy(count => count.Key, StringComparer.Ordinal).Select(count => $"{count.Value} {count.Key}"))}");
        }

        var table = new Table().AddColumn("Tensor").AddColumn("Type").AddColumn("Shape").AddColumn(new TableColumn("Parameters").RightAligned()).AddColumn(new TableColumn("Bytes").RightAligned());
        foreach (var tensor in model.Tensors)
            table.AddRow(new Text(tensor.Name), new Text(tensor.Type), new Text(Tensor.Describe(tensor.Value.Shape)), new Text($"{tensor.Value.Count}"), new Text($"{tensor.Bytes}"));
        console.Write(table);
    }

    private static Dictionary<string, object?> Describe(ModelFile model) => new()
    {
        ["format"] = model.Format,
        ["parameters"] = model.Tensors.Sum(tensor => (long)tensor.Value.Count),
        ["metadata"] = model.Metadata.GroupBy(pair => pair.Key, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Last().Value, StringComparer.Ordinal),
        ["inputs"] = model.Graph?.Inputs.Select(input => new { name = input.Name, shape = input.Shape }),
        ["outputs"] = model.Graph?.Outputs,
        ["operators"] = model.Graph?.Nodes.Select(node => new { kind = node.Kind, name = node.Name }),
        ["tensors"] = model.Tensors.Select(tensor => new { name = tensor.Name, type = tensor.Type, shape = tensor.Value.Shape, bytes = tensor.Bytes }),
    };
}
