using System.CommandLine;
using NanoRnn.Tool.Formats;
using NanoRnn.Tool.Writing;
using Spectre.Console;

namespace NanoRnn.Tool.Commands;

/// <summary><c>nanornn new</c>: a class from a line.</summary>
internal static class NewCommand
{
    public static Command Create(IAnsiConsole console)
    {
        var line = new Argument<string>("LAYERS") { Description = "such as \"lstm 32, dropout 0.2, dense 1 sigmoid\"" };
        var inputs = new Option<int>("--input") { Description = "features of a step; default 1", DefaultValueFactory = _ => 1 };
        var name = new Option<string>("--name") { Description = "name of the class; default Model", DefaultValueFactory = _ => "Model" };
        var file = new Option<string?>("--out") { Description = "file to write to; default the console" };
        var command = new Command("new", "Writes a model's class from a line.") { line, inputs, name, file };
        command.SetAction(result =>
        {
            if (result.GetValue(inputs) < 1)
                throw new UsageException($"--input: expected 1 or more, found {result.GetValue(inputs)}.");
            var text = Write(LayerLine.Parse(result.GetValue(line)!), result.GetValue(inputs), Identifiers.Check(result.GetValue(name)!));
            if (result.GetValue(file) is { } path)
                File.WriteAllText(path, text);
            else
                console.Profile.Out.Writer.Write(text);
            return ExitCodes.Success;
        });
        return command;
    }

    /// <summary>The class.</summary>
    public static string Write(IReadOnlyList<LayerLine> lines, int inputs, string name)
    {
        var layers = lines.Select((line, i) => Layer(line, i - 1)).ToArray();
        LayerNames.Give(layers);
        return ClassText.Write(new ImportedModel(lines[0].Kind == "embedding" ? 0 : inputs, layers, [layers.Length - 1], []), name, null, [$"A model of {string.Join(", ", lines.Select(line => line.Kind))}."]);
    }

    private static ImportedLayer Layer(LayerLine line, int above)
    {
        var kind = line.Kind switch
        {
            "lstm" => "Lstm", "gru" => "Gru", "rnn" => "SimpleRnn", "dense" => "Dense", "embedding" => "Embedding", "layer_norm" => "LayerNormalization", "dropout" => "Dropout", _ => "Activation",
        };
        var activation = line.Activation is null ? null : line.Activation == "softmax" ? "Softmax"
            : FunctionText.Activation(KerasFunctions.Find(line.Activation)!) ?? throw new ToolException($"expected an activation of NanoRnn, found '{line.Activation}'.");
        var arguments = kind == "Activation" ? $"Activation.{activation ?? "Linear"}" : string.Join(", ", line.Numbers.Select(number => number.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        var layer = new ImportedLayer(kind, arguments, [above]);
        if (activation is not null && kind != "Activation")
            layer.With("Activation", $"Activation.{activation}");
        if (line.Has("bidirectional"))
            layer.With("Direction", "Direction.Bidirectional");
        if (line.Has("backwards"))
            layer.With("GoBackwards", "true");
        if (line.Has("reset_before"))
            layer.With("ResetAfter", "false");
        if (line.Has("sequences"))
            layer.With("ReturnSequences", "true");
        return line.Has("no_bias") ? layer.With("UseBias", "false") : layer;
    }
}
