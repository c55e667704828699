using System.CommandLine;
using NanoRnn.Tool.Formats;
using NanoRnn.Tool.Writing;
using Spectre.Console;

namespace NanoRnn.Tool.Commands;

/// <summary><c>nanornn import</c>: a project of a model, with its class, its weights and a check.</summary>
internal static class ImportCommand
{
    public static Command Create(IAnsiConsole console)
    {
        var file = new Argument<string>("FILE") { Description = "ONNX, Keras (.keras, .h5), PyTorch (.safetensors), RTNeural or GuitarML (.json), or .nam" };
        var name = new Option<string?>("--name") { Description = "name of the class; default the file's" };
        var space = new Option<string?>("--namespace") { Description = "namespace of the class; default none" };
        var folder = new Option<string?>("--out") { Description = "folder to write to; default the class's name" };
        var layers = new Option<string?>("--layers") { Description = "layers of a file that has weights alone, such as \"lstm 32, dense 1\"" };
        var outputs = new Option<string[]>("--output") { Description = "an output that is wanted, several times for several; default all", DefaultValueFactory = _ => [] };
        var command = new Command("import", "Writes the class, weights and check of a trained model.") { file, name, space, folder, layers, outputs };
        command.SetAction(result =>
        {
            var path = result.GetValue(file)!;
            var className = Identifiers.Check(result.GetValue(name) ?? Identifiers.Of(Path.GetFileNameWithoutExtension(path)));
            if (result.GetValue(space) is { } given)
                Array.ForEach(given.Split('.'), part => Identifiers.Check(part));
            var target = result.GetValue(folder) ?? className;
            var written = console.Profile.Capabilities.Interactive ? console.Status().Start("reading", _ => Run()) : Run();
            console.MarkupLineInterpolated($"[green]{className}[/]: {written.Model.Layers.Count} layers, {written.Model.ParameterCount} parameters, in {target}");
            foreach (var note in written.Notes)
                console.WriteLine(note);
            console.WriteLine($"Try it: dotnet run -c Release --project {target}");
            return ExitCodes.Success;

            ImportedFiles Run() => Import(path, className, result.GetValue(space), target, result.GetValue(layers), result.GetValue(outputs)!);
        });
        return command;
    }

    private static ImportedFiles Import(string path, string name, string? space, string folder, string? layers, string[] outputs)
    {
        var model = ModelFiles.Read(path, layers);
        var graph = model.Graph ?? throw new UnsupportedModelException($"{path}: has weights alone. Say of which layers: --layers \"lstm 32, dense 1\".");
        try
        {
            var files = ModelImporter.Import(graph, name, space, $"Imported from {Path.GetFileName(path)} ({model.Format}).", outputs);
            ProjectFiles.Write(files, folder, space);
            return files;
        }
        catch (UnsupportedModelException exception)
        {
            throw new UnsupportedModelException($"{path}: {exception.Message}");
        }
        catch (ToolException exception)
        {
            throw new ToolException($"{path}: {exception.Message}", exception);
        }
    }
}
