using System.CommandLine;
using NanoRnn.Tool.Formats;
using NanoRnn.Tool.Writing;
using Spectre.Console;

namespace NanoRnn.Tool.Commands;

/// <summary><c>nanornn convert</c>: a file's tensors as safetensors, of another type or under other names.</summary>
internal static class ConvertCommand
{
    private static readonly string[] Types = ["F64", "F32", "F16", "BF16"];

    public static Command Create(IAnsiConsole console)
    {
        var file = new Argument<string>("FILE") { Description = "a file of any format that the tool reads" };
        var target = new Argument<string>("TARGET") { Description = "the safetensors file to write" };
        var type = new Option<string>("--dtype") { Description = "F64, F32, F16 or BF16; default F32", DefaultValueFactory = _ => "F32" };
        var names = new Option<string[]>("--rename") { Description = "OLD=NEW, for parts of names; several times for several", DefaultValueFactory = _ => [] };
        var layers = new Option<string?>("--layers") { Description = "layers of a file that has weights alone: the file then has NanoRnn's names and shapes" };
        var command = new Command("convert", "Writes the tensors of a file as safetensors.") { file, target, type, names, layers };
        command.SetAction(result =>
        {
            if (Array.Find(Types, known => known.Equals(result.GetValue(type), StringComparison.OrdinalIgnoreCase)) is not { } element)
                throw new UsageException($"--dtype: expected one of {string.Join(", ", Types)}, found '{result.GetValue(type)}'.");
            var pairs = result.GetValue(names)!.Select(Pair).ToArray();
            var model = ModelFiles.Read(result.GetValue(file)!, result.GetValue(layers));
            var tensors = result.GetValue(layers) is null || model.Graph is not { } graph
                ? model.Tensors.Where(tensor => !tensor.Value.IsInteger).Select(tensor => new ImportedTensor(tensor.Name, tensor.Value.Shape, tensor.Value.Values))
                : ModelImporter.Import(graph, "Model", null, "", []).Model.Tensors;
            var renamed = tensors.Select(tensor => tensor with { Name = pairs.Aggregate(tensor.Name, (name, pair) => name.Replace(pair.Old, pair.New, StringComparison.Ordinal)) }).ToArray();
            if (renamed.CountBy(tensor => tensor.Name, StringComparer.Ordinal).FirstOrDefault(count => count.Value > 1) is { Key: { } twice })
                throw new UsageException($"--rename: several tensors would be called '{twice}'.");
            File.WriteAllBytes(result.GetValue(target)!, WeightsFile.Write(renamed, element, model.Metadata.DistinctBy(pair => pair.Key)));
            console.WriteLine($"{result.GetValue(target)}: {renamed.Length} tensors of {element}");
            return ExitCodes.Success;
        });
        return command;
    }

    private static (string Old, string New) Pair(string text) => text.Split('=') is [{ Length: > 0 } old, var @new] ? (old, @new) : throw new UsageException($"--rename: expected OLD=NEW, found '{text}'.");
}
