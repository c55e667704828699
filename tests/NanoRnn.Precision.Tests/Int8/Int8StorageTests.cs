using System.Buffers.Binary;
using System.Text;
using System.Text.Json;

namespace NanoRnn.Reduced.Tests;

/// <summary>Files of 8-bit integers: each kernel has a tensor of scales beside it.</summary>
public sealed class Int8StorageTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nanornn");

    public static TheoryData<string> Networks => Cases.Networks;

    private string Path => System.IO.Path.Combine(_folder.FullName, "model.safetensors");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [MemberData(nameof(Networks))]
    public void TheTrainedModelsFileIsConverted(string network)
    {
        var (model, reduced) = Int8ModelTests.Make(network, 31);
        model.Save(Path);
        Assert.Equal(Cases.Bits(reduced.PackedWeights.ReadOnlySpan), Cases.Bits(reduced.Load(Path).PackedWeights.ReadOnlySpan));
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void ItsOwnFileKeepsEveryBit(string network)
    {
        var reduced = Int8ModelTests.Make(network, 32).Reduced;
        var file = Save(reduced);
        var loaded = reduced.Load(file);
        Assert.Equal(Cases.Bits(reduced.PackedWeights.ReadOnlySpan), Cases.Bits(loaded.PackedWeights.ReadOnlySpan));
        Assert.Equal(file, Save(loaded));
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void AFileHasIntegersAndScales(string network)
    {
        var reduced = Int8ModelTests.Make(network, 33).Reduced;
        var file = Save(reduced);
        using var header = JsonDocument.Parse(file.AsMemory(8, HeaderLength(file)));
        var bytes = 0;
        foreach (var tensor in reduced.Weights)
        {
            var isInteger = Int8Cases.IsInteger(network, tensor);
            Assert.Equal(isInteger ? "I8" : "F32", header.RootElement.GetProperty(tensor.Name).GetProperty("dtype").GetString());
            bytes += tensor.Count * (isInteger ? 1 : 4);
            Assert.Equal(isInteger, header.RootElement.TryGetProperty(tensor.Name + "_scale", out var scale));
            if (!isInteger)
                continue;
            Assert.Equal("F32", scale.GetProperty("dtype").GetString());
            Assert.Equal(tensor.Shape[1], Assert.Single(scale.GetProperty("shape").EnumerateArray()).GetInt32());
            bytes += 4 * tensor.Shape[1];
        }

        Assert.Equal(8 + HeaderLength(file) + bytes, file.Length);
        Assert.Equal(bytes, reduced.Summary.Layers.Sum(layer => layer.ParameterBytes));
    }

    /// <summary>Integers are signed bytes, row by row; times its scale each is what the model has.</summary>
    [Fact]
    public void ElementsOfAFileAreThoseOfTheTensor()
    {
        var (model, reduced) = Int8ModelTests.Make("Layers", 34);
        var file = Save(reduced);
        var data = file.AsSpan(8 + HeaderLength(file));
        var kernel = reduced.Weights["dense.kernel"];
        for (var column = 0; column < 37; column++)
        {
            var scale = BinaryPrimitives.ReadSingleLittleEndian(data[(kernel.Count + 4 * column)..]);
            float[] elements = [.. Enumerable.Range(0, 4).Select(row => model.Weights["dense.kernel"][row, column])];
            var (integers, expected) = ReferenceInt8.QuantizeColumn(elements);
            Assert.Equal(expected, scale);
            for (var row = 0; row < 4; row++)
            {
                Assert.Equal(integers[row], (sbyte)data[row * 37 + column]);
                Assert.Equal(integers[row] * scale, kernel[row, column]);
            }
        }
    }

    /// <summary>A file of someone else's need not use all the integers there are.</summary>
    [Fact]
    public void IntegersOfAFileAreTakenAsTheyAre()
    {
        var reduced = Int8ModelTests.Make("Layers", 35).Reduced;
        var file = Save(reduced);
        var data = file.AsSpan(8 + HeaderLength(file));
        data[0] = 5;
        BinaryPrimitives.WriteSingleLittleEndian(data[(4 * 37)..], 0.25f);
        var loaded = reduced.Load(file);
        Assert.Equal(1.25f, loaded.Weights["dense.kernel"][0, 0]);
        Assert.Equal(file, Save(loaded));
    }

    [Fact]
    public void WhatIsNoWeightIsNamed()
    {
        var reduced = Int8ModelTests.Make("Layers", 36).Reduced;
        var file = Save(reduced);
        var start = 8 + HeaderLength(file);
        file[start + 37 + 2] = 0x80;
        Check("model data: tensor 'dense.kernel': expected integers from -127 to 127, found -128 at row 1, column 2.");
        file[start + 37 + 2] = 0;
        BinaryPrimitives.WriteSingleLittleEndian(file.AsSpan(start + 4 * 37 + 4 * 6), float.NaN);
        Check("model data: tensor 'dense.kernel_scale': expected finite weights, found NaN at row 0, column 6.");

        void Check(string message) => Assert.Equal(message, Assert.Throws<ModelFileException>(() => reduced.Load(file)).Message);
    }

    [Theory]
    [InlineData("'dense.kernel' of dtype I8 needs a tensor 'dense.kernel_scale', the file has none.", "dense.kernel_scale", "dense.kernel_scales")]
    [InlineData("tensor 'dense.kernel_scale': Layers expects the shape [37], found [1, 37].", "_scale\":{\"dtype\":\"F32\",\"shape\":[37]", "_scale\":{\"dtype\":\"F32\",\"shape\":[1,37]")]
    [InlineData("tensor 'dense.kernel_scale': expected dtype F32 or I8, found I32.", "_scale\":{\"dtype\":\"F32\",\"shape\":[37]", "_scale\":{\"dtype\":\"I32\",\"shape\":[37]")]
    [InlineData("tensor 'dense.kernel': expected dtype F32 or I8, found U8.", "\"I8\"", "\"U8\"")]
    public void WrongTensorsAreNamed(string message, string text, string replacement)
    {
        var reduced = Int8ModelTests.Make("Layers", 37).Reduced;
        var file = Save(reduced);
        var header = Encoding.ASCII.GetString(file, 8, HeaderLength(file)).TrimEnd();
        var place = header.IndexOf(text, StringComparison.Ordinal);
        var changed = Encoding.ASCII.GetBytes(string.Concat(header.AsSpan(0, place), replacement, header.AsSpan(place + text.Length)));
        byte[] length = [.. BitConverter.GetBytes((ulong)changed.Length)];
        var exception = Assert.Throws<ModelFileException>(() => reduced.Load([.. length, .. changed, .. file[(8 + HeaderLength(file))..]]));
        Assert.Equal("model data: " + message, exception.Message);
    }

    [Fact]
    public void AFloatModelDoesNotTakeAFileOfIntegers()
    {
        var (model, reduced) = Int8ModelTests.Make("Layers", 38);
        var exception = Assert.Throws<ModelFileException>(() => model.Load(Save(reduced)));
        Assert.Contains("tensor 'dense.kernel': expected dtype F32, found I8", exception.Message, StringComparison.Ordinal);
    }

    private byte[] Save(TestModel model)
    {
        model.Save(Path);
        return File.ReadAllBytes(Path);
    }

    private static int HeaderLength(byte[] file) => (int)BinaryPrimitives.ReadUInt64LittleEndian(file);
}
