using System.CommandLine;
using System.Globalization;
using NanoRnn.Tool.Formats;
using NanoRnn.Tool.Writing;
using Spectre.Console;

namespace NanoRnn.Tool.Commands;

/// <summary><c>nanornn new</c>: a class from a line.</summary>
internal static class NewCommand
{
    private static readonly (string Word, string Option, string Value)[] Options =
    [
        ("bidirectional", "Direction", "Direction.Bidirectional"), ("backwards", "GoBackwards", "true"), ("reset_before", "ResetAfter", "false"), ("sequences", "ReturnSequences", "true"),
        ("causal", "Padding", "Padding.Causal"), ("same", "Padding", "Padding.Same"), ("no_bias", "UseBias", "false"),
    ];

    private static readonly (string Word, string Option)[] Numbers = [("strides", "Strides"), ("dilation", "DilationRate"), ("epsilon", "Epsilon")];

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
            var text = Write(LayerList.Parse(result.GetValue(line)!), result.GetValue(inputs), Identifiers.Check(result.GetValue(name)!));
            if (result.GetValue(file) is { } path)
                File.WriteAllText(path, text);
            else
                console.Profile.Out.Writer.Write(text);
            return ExitCodes.Success;
        });
        return command;
    }

    /// <summary>The class.</summary>
    public static string Write(LayerList list, int inputs, string name)
    {
        var layers = list.Layers.Select(Layer).ToArray();
        LayerNames.Give(layers);
        var model = new ImportedModel(list.Layers[0].Kind.Word == "embedding" ? 0 : inputs, layers, list.Outputs, []);
        return ClassText.Write(model, name, null, [$"A model of {string.Join(", ", list.Layers.Select(line => line.Kind.Word))}."]);
    }

    private static ImportedLayer Layer(LayerLine line)
    {
        var kind = line.Kind;
        var activation = line.Activation is null ? null : line.Activation == "softmax" ? "Softmax"
            : FunctionText.Activation(KerasFunctions.Find(line.Activation)!) ?? throw new ToolException($"expected an activation of NanoRnn, found '{line.Activation}'.");
        var arguments = kind.Word == "activation" ? $"Activation.{activation ?? "Linear"}" : string.Join(", ", line.Numbers.Select(Text));
        var layer = new ImportedLayer(kind.Attribute, arguments, line.Inputs) { GivenName = line.Text("name") };
        if (activation is not null && kind.Word != "activation")
            layer.With("Activation", $"Activation.{activation}");
        foreach (var (word, option, value) in Options)
            if (line.Has(word))
                layer.With(option, value);
        foreach (var (word, option) in Numbers)
            if (line.Number(word) is { } number)
                layer.With(option, Text(number));
        return layer;
    }

    private static string Text(double number) => number.ToString(CultureInfo.InvariantCulture);
}
