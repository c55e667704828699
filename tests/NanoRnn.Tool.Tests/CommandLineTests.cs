using System.Text.Json;
using System.Xml.Linq;
using NanoRnn.Tool.Tests.Infrastructure;

namespace NanoRnn.Tool.Tests;

/// <summary>The commands: what they write, print and return.</summary>
public sealed class CommandLineTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("nanornn-tool").FullName;

    [Fact]
    public void ImportWritesAProject()
    {
        File.WriteAllBytes(PathOf("amp.json"), AudioFiles.GuitarMl());
        var (code, output, _) = Run("import", PathOf("amp.json"), "--name", "Amp", "--namespace", "Sound.Amps", "--out", PathOf("out"));
        Assert.Equal(0, code);
        Assert.StartsWith("Amp: ", output, StringComparison.Ordinal);
        Assert.Equal(["Amp.cs", "Amp.csproj", "Program.cs", "amp.safetensors", "check.json"], Directory.GetFiles(PathOf("out")).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));
        Assert.Contains("namespace Sound.Amps;", File.ReadAllText(PathOf("out", "Amp.cs")), StringComparison.Ordinal);
        Assert.Contains("Amp.Load(", File.ReadAllText(PathOf("out", "Program.cs")), StringComparison.Ordinal);
        Assert.Equal(7, JsonDocument.Parse(File.ReadAllBytes(PathOf("out", "check.json"))).RootElement.GetProperty("inputs").GetArrayLength());
    }

    [Fact]
    public void InspectShowsTensorsAndForProgramsJson()
    {
        File.WriteAllBytes(PathOf("lstm.safetensors"), TorchFiles.Lstm());
        var (code, output, _) = Run("inspect", PathOf("lstm.safetensors"));
        Assert.Equal(0, code);
        Assert.Contains("safetensors: 6 tensors, 59 parameters, 236 bytes", output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', output);
        var json = JsonDocument.Parse(Run("inspect", PathOf("lstm.safetensors"), "--json").Output).RootElement;
        Assert.Equal(59, json.GetProperty("parameters").GetInt32());
        Assert.Equal("rnn.weight_ih_l0", json.GetProperty("tensors")[0].GetProperty("name").GetString());
    }

    [Fact]
    public void ConvertChangesTypesNamesAndShapes()
    {
        File.WriteAllBytes(PathOf("lstm.safetensors"), TorchFiles.Lstm());
        Assert.Equal(0, Run("convert", PathOf("lstm.safetensors"), PathOf("half.safetensors"), "--dtype", "f16", "--rename", "head=dense").Code);
        var output = Run("inspect", PathOf("half.safetensors")).Output;
        Assert.Contains("118 bytes", output, StringComparison.Ordinal);
        Assert.Contains("dense.weight", output, StringComparison.Ordinal);
        Assert.Equal(0, Run("convert", PathOf("lstm.safetensors"), PathOf("own.safetensors"), "--layers", "lstm 2, dense 1").Code);
        Assert.Contains("lstm.recurrent_kernel", Run("inspect", PathOf("own.safetensors")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void NewWritesAClass() => Assert.Equal(
        "using NanoRnn;\n\n/// <summary>\n/// A model of lstm, gru, dense.\n/// </summary>\n[RnnModel(InputSize = 3)]\n[Lstm(32, ReturnSequences = true)]\n[Gru(8)]\n[Dense(1, Activation = Activation.Sigmoid)]\npublic sealed partial class Model;\n",
        Run("new", "lstm 32, gru 8, dense 1 sigmoid", "--input", "3").Output);

    [Fact]
    public void NewWritesAGraph() => Assert.EndsWith(
        "[Conv1D(8, 3, Activation = Activation.Relu, Padding = Padding.Causal, Name = \"features\")]\n[MaxPooling1D(2, Padding = Padding.Same, Strides = 1)]\n[Gru(8, ReturnSequences = true)]\n" +
        "[Concatenate(\"features\", \"gru\")]\n[Dense(1)]\n[Output(\"dense\", \"gru\")]\npublic sealed partial class Model;\n",
        Run("new", "conv1d 8 3 causal relu name:features, max_pooling 2 same strides:1, gru 8 sequences, concatenate features gru, dense 1, output dense gru").Output, StringComparison.Ordinal);

    /// <summary>What the scripts of shells ask.</summary>
    [Fact]
    public void ShellsCompleteWords()
    {
        Assert.Equal("completions\nconvert\n", Run("[suggest:10]", "nanornn co").Output);
        Assert.Contains("--layers\n", Run("[suggest:17]", "nanornn import --").Output, StringComparison.Ordinal);
        foreach (var shell in (string[])["bash", "zsh", "fish", "pwsh"])
            Assert.Contains("[suggest:", Run("completions", shell).Output, StringComparison.Ordinal);
        Assert.Equal(2, Failure("completions", "sh").Code);
    }

    [Fact]
    public void PlotDrawsAHistory()
    {
        File.WriteAllText(PathOf("history.csv"), "epoch,loss,val_loss\n1,3,4\n2,2,NaN\n3,1,2\n");
        Assert.Equal(0, Run("plot", PathOf("history.csv")).Code);
        var picture = XDocument.Load(PathOf("history.svg")).Root!;
        Assert.Equal(["90,163.333 435,306.667 780,450", "90,20 780,306.667"], Elements("polyline").Select(curve => curve.Attribute("points")!.Value));
        Assert.Equal(["1", "2", "3", "1", "1.5", "2", "2.5", "3", "3.5", "4", "epoch", "loss", "val_loss"], Elements("text").Select(text => text.Value));
        File.WriteAllText(PathOf("history.csv"), "epoch,loss\n1,x\n");
        Assert.Equal((3, $"nanornn: {PathOf("history.csv")}, line 2: expected a number, found 'x'.\n"), Failure("plot", PathOf("history.csv")));

        IEnumerable<XElement> Elements(string name) => picture.Elements().Where(element => element.Name.LocalName == name);
    }

    [Fact]
    public void MistakesAreOneLineAndAnExitCode()
    {
        Assert.Equal(2, Failure("imports").Code);
        Assert.Equal((2, "nanornn: expected a name of letters and digits that C# takes, found '1x'.\n"), Failure("import", "model.onnx", "--name", "1x"));
        File.WriteAllText(PathOf("model.onnx"), "hello");
        var (code, message) = Failure("import", PathOf("model.onnx"), "--out", PathOf("out"));
        Assert.Equal(3, code);
        Assert.StartsWith($"nanornn: {PathOf("model.onnx")}: expected an ONNX model", message, StringComparison.Ordinal);
        Assert.Equal(3, Failure("inspect", PathOf("none")).Code);
        File.WriteAllText(PathOf("amp.json"), """{"in_shape":[null,null,1],"layers":[{"type":"batchnorm","activation":"","shape":[null,null,1],"weights":[]}]}""");
        (code, message) = Failure("import", PathOf("amp.json"), "--out", PathOf("out"));
        Assert.Equal(4, code);
        Assert.Contains("layer 0 'batchnorm' with 0 tensors: NanoRnn has no layer for it", message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(PathOf("out")));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string PathOf(params string[] names) => Path.Combine([_folder, .. names]);

    private static (int Code, string Message) Failure(params string[] arguments)
    {
        var (code, _, error) = Run(arguments);
        Assert.Equal(1, error.Count(character => character == '\n'));
        return (code, error);
    }

    private static (int Code, string Output, string Error) Run(params string[] arguments)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        return (CommandLine.Run(arguments, output, error), output.ToString(), error.ToString());
    }
}
