using Microsoft.CodeAnalysis;
using NanoRnn.Generators.Tests.Infrastructure;

namespace NanoRnn.Generators.Tests;

/// <summary>Weights that a program contains are checked when it is built; what is wrong with them is said at the model's attribute.</summary>
public sealed class WeightsTests : IDisposable
{
    private const string Attribute = "RnnModel(InputSize = 2, Weights = \"weights.safetensors\")";
    private const string Model = "using NanoRnn;\n[" + Attribute + "]\n[Dense(3)]\npartial class Model;\n";

    private static readonly (string Name, int[] Shape, float[] Values) Kernel = ("dense.kernel", [2, 3], [1, 2, 3, 4, 5, 6]);
    private static readonly (string Name, int[] Shape, float[] Values) Bias = ("dense.bias", [3], [7, 8, -9]);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nanornn");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void WeightsLieAsTheNetworkReadsThem()
    {
        var generation = Generation.WithFiles([Write("weights.safetensors", Bias, Kernel)], Model);
        generation.AssertEmits();

        // A block of three units and a lane of padding: the bias, then the kernel's two rows.
        var words = new[] { (7f, 8f), (-9f, 0f), (1f, 2f), (3f, 0f), (4f, 5f), (6f, 0f), (0f, 0f), (0f, 0f) }.Select(pair =>
            (ulong)BitConverter.SingleToUInt32Bits(pair.Item2) << 32 | BitConverter.SingleToUInt32Bits(pair.Item1));
        var text = generation.Files["Model.Weights.g.cs"];
        Assert.Contains($"{{\n            {string.Join(" ", words.Select(word => $"0x{word:X}UL,"))}\n        }};\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\r', text);
    }

    [Theory]
    [InlineData("weights.safetensors")]
    [InlineData("models/weights.safetensors")]
    [InlineData("models\\\\weights.safetensors")]
    public void FileIsFoundByTheEndOfItsPath(string path)
    {
        var file = Write("models/weights.safetensors", Kernel, Bias);
        var other = Write("models/other_weights.safetensors", Kernel);
        Generation.WithFiles([other, file, file, new WeightsText("/weights.safetensors.txt")], Naming(path)).AssertCompiles();
    }

    [Fact]
    public void FileMayBeNamedByItsWholePath()
    {
        var file = Write("weights.safetensors", Kernel, Bias);
        Generation.WithFiles([file], Naming(file.Path.Replace("\\", "\\\\", StringComparison.Ordinal))).AssertCompiles();
    }

    [Fact]
    public void ModelWithoutWeightsHasNoPretrained()
    {
        var generation = Generation.WithFiles([new WeightsText("/nowhere.safetensors")], "[NanoRnn.RnnModel(InputSize = 2), NanoRnn.Dense(3)] partial class Model;");
        generation.AssertCompiles();
        Assert.DoesNotContain("Model.Weights.g.cs", generation.Files.Keys);
    }

    [Fact]
    public void MissingFileIsNamedWithThoseThatAreThere()
    {
        AssertMistake("NRNN0035", "The weights of 'Model' are not found: expected 'weights.safetensors' among the project's AdditionalFiles, found no .safetensors file there");
        AssertMistake(
            "NRNN0035",
            "The weights of 'Model' are not found: expected 'weights.safetensors' among the project's AdditionalFiles, found 'Weights.safetensors', 'my_weights.safetensors'",
            Write("my_weights.safetensors", Kernel),
            Write("Weights.safetensors", Kernel));
    }

    [Fact]
    public void AmbiguousFileIsNamedWithItsPaths()
    {
        var (first, second) = (Write("a/weights.safetensors", Kernel), Write("b/weights.safetensors", Kernel));
        AssertMistake(
            "NRNN0035",
            "The weights of 'Model' are not found: 'weights.safetensors' fits several of the project's AdditionalFiles: " +
            $"'{first.Path}', '{second.Path}'; give more of the path",
            second,
            first);
    }

    [Fact]
    public void FileThatIsNotThereIsExplained()
    {
        var path = Path.Combine(_folder.FullName, "weights.safetensors");
        AssertMistakeContains("NRNN0035", $"'{path}' cannot be read: ", new WeightsText(path));
    }

    [Fact]
    public void DamagedFileIsExplained()
    {
        var bytes = WeightsText.Bytes(Kernel, Bias);
        AssertMistakeContains("NRNN0036", "The weights of 'Model' are damaged: weights.safetensors: expected a header length of 8 bytes, found 3 bytes in all", Write(bytes[..3]));
        AssertMistakeContains("NRNN0036", "the header is not valid JSON", Write([.. bytes[..8], (byte)'?', .. bytes[9..]]));
        AssertMistakeContains("NRNN0036", "tensor 'dense.bias': data_offsets end at 36, but the file has 35 bytes of data", Write(bytes[..^1]));
        AssertMistakeContains("NRNN0036", "expected 36 bytes of data, found 37", Write([.. bytes, 0]));
    }

    [Fact]
    public void WeightsOfAnotherModelAreExplained()
    {
        AssertMistake("NRNN0037", "The weights of 'Model' do not fit it: weights.safetensors: Model has a tensor 'dense.bias', the file has not; it has 'dense.kernel'", Write("weights.safetensors", Kernel));
        AssertMistakeContains(
            "NRNN0037", "the file has a tensor 'dense_1.bias', Model has not", Write("weights.safetensors", Kernel, Bias, ("dense_1.bias", [1], [0])));
        AssertMistakeContains(
            "NRNN0037", "tensor 'dense.kernel': Model expects the shape [2, 3], found [3, 2]", Write("weights.safetensors", (Kernel.Name, [3, 2], Kernel.Values), Bias));
    }

    [Theory]
    [InlineData(float.NaN, "NaN")]
    [InlineData(float.PositiveInfinity, "Infinity")]
    [InlineData(float.NegativeInfinity, "-Infinity")]
    public void WeightThatIsNotFiniteIsNamed(float value, string text)
    {
        using var hostile = new CultureScope(CultureScope.Find("hostile"));
        AssertMistakeContains(
            "NRNN0037",
            $"tensor 'dense.kernel': expected finite weights, found {text} at row 1, column 0",
            Write("weights.safetensors", Bias, (Kernel.Name, Kernel.Shape, [1, 2, 3, value, 5, 6])));
    }

    [Fact]
    public void WrongElementTypeIsNamed()
    {
        var bytes = WeightsText.Bytes(Kernel, Bias);
        var type = bytes.AsSpan().IndexOf("F32"u8);
        "I32"u8.CopyTo(bytes.AsSpan(type));
        AssertMistakeContains("NRNN0037", "tensor 'dense.kernel': expected dtype F32, found I32", Write(bytes));
    }

    [Fact]
    public void MistakeCanBeSuppressedWhereItIs()
    {
        var generation = Generation.WithFiles([], "#pragma warning disable NRNN0035\n" + Model);
        Assert.All(generation.Diagnostics, diagnostic => Assert.True(diagnostic.IsSuppressed));
    }

    private static string Naming(string path) => Model.Replace("weights.safetensors", path, StringComparison.Ordinal);

    private WeightsText Write(string name, params (string Name, int[] Shape, float[] Values)[] tensors) =>
        WeightsText.Write(Path.Combine(_folder.FullName, name), tensors);

    private WeightsText Write(byte[] bytes)
    {
        var path = Path.Combine(_folder.FullName, "weights.safetensors");
        File.WriteAllBytes(path, bytes);
        return new WeightsText(path);
    }

    private static void AssertMistake(string id, string message, params AdditionalText[] files) =>
        Assert.Equal(message, FindMistake(id, files));

    private static void AssertMistakeContains(string id, string part, params AdditionalText[] files) =>
        Assert.Contains(part, FindMistake(id, files), StringComparison.Ordinal);

    /// <summary>The message of the only mistake, at the model's attribute. The rest of the model is there, so that the mistake stays alone.</summary>
    private static string FindMistake(string id, AdditionalText[] files)
    {
        var generation = Generation.WithFiles(files, Model);
        var mistake = Assert.Single(Mistake.Of(generation));
        Assert.Equal((id, Attribute), (mistake.Id, mistake.Underlined));
        Assert.DoesNotContain("Model.Weights.g.cs", generation.Files.Keys);
        Assert.Empty(generation.CompilerDiagnostics());
        return mistake.Message;
    }
}
