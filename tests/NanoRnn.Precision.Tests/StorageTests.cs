using System.Buffers.Binary;
using System.Text;
using System.Text.Json;

namespace NanoRnn.Reduced.Tests;

/// <summary>Files: those of the trained model, and those of the model's own kind.</summary>
public sealed class StorageTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nanornn");

    public static TheoryData<string, Precision> Models => Cases.Models;

    private string FloatFile => Path.Combine(_folder.FullName, "float.safetensors");

    private string ReducedFile => Path.Combine(_folder.FullName, "reduced.safetensors");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [MemberData(nameof(Models))]
    public void TheTrainedModelsFileIsConverted(string network, Precision precision)
    {
        var (model, reduced) = Make(network, precision);
        model.Save(FloatFile);
        var expected = reduced.PackedWeights.ReadOnlySpan;
        Assert.Equal(Cases.Bits(expected), Cases.Bits(reduced.Load(FloatFile).PackedWeights.ReadOnlySpan));
        Assert.Equal(Cases.Bits(expected), Cases.Bits(reduced.Load(File.ReadAllBytes(FloatFile)).PackedWeights.ReadOnlySpan));
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void ItsOwnFileKeepsEveryBit(string network, Precision precision)
    {
        var (_, reduced) = Make(network, precision);
        reduced.Save(ReducedFile);
        Assert.Equal(Cases.Bits(reduced.PackedWeights.ReadOnlySpan), Cases.Bits(reduced.Load(ReducedFile).PackedWeights.ReadOnlySpan));
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void TensorsOfAFileHaveTheirPrecision(string network, Precision precision)
    {
        var (_, reduced) = Make(network, precision);
        reduced.Save(ReducedFile);
        var file = File.ReadAllBytes(ReducedFile);
        var headerLength = (int)BinaryPrimitives.ReadUInt64LittleEndian(file);
        using var header = JsonDocument.Parse(file.AsMemory(8, headerLength));
        var bytes = 0;
        foreach (var tensor in reduced.Weights)
        {
            var entry = header.RootElement.GetProperty(tensor.Name);
            var isReduced = Cases.IsReduced(network, tensor);
            Assert.Equal(isReduced ? precision == Precision.BFloat16 ? "BF16" : "F16" : "F32", entry.GetProperty("dtype").GetString());
            bytes += tensor.Count * (isReduced ? 2 : 4);
        }

        Assert.Equal(8 + headerLength + bytes, file.Length);
        Assert.Equal(bytes, reduced.Summary.Layers.Sum(layer => layer.ParameterBytes));
    }

    /// <summary>Elements of a file are little-endian numbers of the type, row by row.</summary>
    [Fact]
    public void ElementsOfAFileAreThoseOfTheTensor()
    {
        var (_, reduced) = Make("Layers", Precision.Float16);
        reduced.Save(ReducedFile);
        var file = File.ReadAllBytes(ReducedFile);
        var data = file.AsSpan(8 + (int)BinaryPrimitives.ReadUInt64LittleEndian(file));
        var kernel = reduced.Weights[0];
        for (var i = 0; i < kernel.Count; i++)
            Assert.Equal(kernel[i], (float)BinaryPrimitives.ReadHalfLittleEndian(data[(2 * i)..]));
    }

    [Fact]
    public void AFloatModelDoesNotTakeAReducedFile()
    {
        var (model, reduced) = Make("Layers", Precision.BFloat16);
        reduced.Save(ReducedFile);
        var exception = Assert.Throws<ModelFileException>(() => model.Load(ReducedFile));
        Assert.Contains("tensor 'dense.kernel': expected dtype F32, found BF16", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnotherFormatOf16BitsIsNotTaken()
    {
        var (_, reduced) = Make("Layers", Precision.BFloat16);
        reduced.Save(ReducedFile);
        var exception = Assert.Throws<ModelFileException>(() => Make("Layers", Precision.Float16).Reduced.Load(ReducedFile));
        Assert.Contains("tensor 'dense.kernel': expected dtype F32 or F16, found BF16", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnotherModelsFileIsNotTaken()
    {
        Make("Plain", Precision.BFloat16).Reduced.Save(ReducedFile);
        var exception = Assert.Throws<ModelFileException>(() => Make("Layers", Precision.BFloat16).Reduced.Load(ReducedFile));
        Assert.Contains(" in the model", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Precision.Float16, 65520f)]
    [InlineData(Precision.Float16, -1e30f)]
    [InlineData(Precision.BFloat16, 3.4e38f)]
    public void ATooLargeWeightOfAFileIsNamed(Precision precision, float weight)
    {
        var (model, reduced) = Make("Layers", precision);
        model.Weights["dense_1.kernel"][5, 7] = weight;
        model.Save(FloatFile);
        var exception = Assert.Throws<ModelFileException>(() => reduced.Load(FloatFile));
        Assert.EndsWith(
            FormattableString.Invariant($"tensor 'dense_1.kernel': {weight} at row 5, column 7 is too large for {(precision == Precision.Float16 ? "F16" : "BF16")}."),
            exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Precision.Float16, (ushort)0x7C00, "Infinity")]
    [InlineData(Precision.Float16, (ushort)0xFC01, "NaN")]
    [InlineData(Precision.BFloat16, (ushort)0xFF80, "-Infinity")]
    public void AWeightOfItsOwnFileThatIsNotFiniteIsNamed(Precision precision, ushort bits, string found)
    {
        var (_, reduced) = Make("Layers", precision);
        reduced.Save(ReducedFile);
        var file = File.ReadAllBytes(ReducedFile);
        var data = file.AsSpan(8 + (int)BinaryPrimitives.ReadUInt64LittleEndian(file));
        BinaryPrimitives.WriteUInt16LittleEndian(data[(2 * (37 + 2))..], bits);
        var exception = Assert.Throws<ModelFileException>(() => reduced.Load(file));
        Assert.Equal($"model data: tensor 'dense.kernel': expected finite weights, found {found} at row 1, column 2.", exception.Message);
    }

    [Fact]
    public void ATruncatedFileIsNotTaken()
    {
        var (_, reduced) = Make("Layers", Precision.BFloat16);
        reduced.Save(ReducedFile);
        var file = File.ReadAllBytes(ReducedFile);
        Assert.Throws<ModelFileException>(() => reduced.Load(file.AsSpan(..^1)));
        Assert.Throws<ModelFileException>(() => reduced.Load(Encoding.UTF8.GetBytes("not a file")));
    }

    private static (TestModel Model, TestModel Reduced) Make(string network, Precision precision)
    {
        var family = Families.Named(network);
        var model = family.Create(31);
        return (model, family.Reduced[precision](model.Weights));
    }
}
