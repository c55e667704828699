using System.Buffers.Binary;
using System.Text;
using Model = NanoRnn.Tests.Runtime.FakeModel<NanoRnn.Tests.Runtime.MultiOutput>;
using NanoRnn.CompilerServices;
using NanoRnn.Storage;
using NanoRnn.Tests.Shared;

namespace NanoRnn.Tests.Runtime;

public sealed class StorageTests : IDisposable
{
    private const string Kernel = """ "dense.kernel":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]} """;
    private const string Bias = """ "dense.bias":{"dtype":"F32","shape":[3],"data_offsets":[24,36]} """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nanornn");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void LoadedModelIsTheSavedOne()
    {
        var model = Model.Create();
        var path = Path.Combine(_folder.FullName, "model.safetensors");
        ModelStorage.Save(model, path);
        Assert.Equal(model.PackedWeights.Span, ModelStorage.Load<Model>(path).PackedWeights.Span);
        Assert.Equal(model.PackedWeights.Span, ModelStorage.Load<Model>(File.ReadAllBytes(path)).PackedWeights.Span);
    }

    [Fact]
    public void FileIsTheDocumentedBytes()
    {
        var model = Model.Create(new AlignedBuffer(Model.Layout.WeightLength));
        model.Weights["dense.kernel"].CopyFrom([1, 2, 3, 4, 5, 6]);
        model.Weights["dense.bias"].CopyFrom([7, 8, 9]);
        var path = Path.Combine(_folder.FullName, "model.safetensors");
        ModelStorage.Save(model, path);
        var bytes = File.ReadAllBytes(path);
        var headerLength = (int)BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        Assert.Equal(0, headerLength % 8);
        Assert.Equal(
            """{"__metadata__":{"format":"nanornn","model":"Fake"},"dense.kernel":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]}"""
            + ""","dense.bias":{"dtype":"F32","shape":[3],"data_offsets":[24,36]}}""",
            Encoding.UTF8.GetString(bytes, 8, headerLength).TrimEnd(' '));
        Assert.Equal(8 + headerLength + 36, bytes.Length);
        for (var i = 0; i < 9; i++)
            Assert.Equal(i + 1, BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(8 + headerLength + i * 4)));
    }

    [Fact]
    public void SavingReplacesAndLeavesNoTemporaryFile()
    {
        var path = Path.Combine(_folder.FullName, "model.safetensors");
        File.WriteAllText(path, "old");
        ModelStorage.Save(Model.Create(2), path);
        ModelStorage.Load<Model>(path);
        Assert.Equal(path, Assert.Single(_folder.GetFiles()).FullName);
    }

    [Fact]
    public void FailedSaveLeavesTheOldFile()
    {
        var path = Path.Combine(_folder.FullName, "model.safetensors");
        File.WriteAllText(path, "old");
        var model = Model.Create();
        model.PackedWeights.Span[Model.Layout.Tensors[0].IndexOf(1, 2)] = float.NaN;
        var exception = Assert.Throws<InvalidOperationException>(() => ModelStorage.Save(model, path));
        Assert.Contains("'dense.kernel' has the value NaN at row 1, column 2", exception.Message, StringComparison.Ordinal);
        Assert.Equal("old", File.ReadAllText(path));

        var folder = _folder.CreateSubdirectory("taken").FullName;
        Assert.ThrowsAny<SystemException>(() => ModelStorage.Save(Model.Create(), folder));
        Assert.Single(_folder.GetFiles());
    }

    [Fact]
    public void MissingFileIsTheUsualException() =>
        Assert.Throws<FileNotFoundException>(() => ModelStorage.Load<Model>(Path.Combine(_folder.FullName, "none")));

    [Fact]
    public void ErrorNamesTheFile()
    {
        var path = Path.Combine(_folder.FullName, "broken.safetensors");
        File.WriteAllText(path, "x");
        Assert.StartsWith(path, Assert.Throws<ModelFileException>(() => ModelStorage.Load<Model>(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void MetadataOrderAndPaddingAreFree() =>
        ModelStorage.Load<Model>(Build($$""" { {{Bias}}, "__metadata__":{"a":"b"}, {{Kernel}} }   """, 36));

    [Theory]
    [InlineData("{", "not valid JSON")]
    [InlineData("", "not valid JSON")]
    [InlineData("[]", "expected JSON StartObject")]
    [InlineData("{} {}", "not valid JSON")]
    [InlineData("{\"\\uD800\":1}", "not valid JSON")]
    [InlineData("{\"__metadata__\":{\"a\":1}}", "expected JSON String")]
    [InlineData("{\"__metadata__\":{\"a\":\"\",\"a\":\"\"}}", "duplicate key 'a'")]
    [InlineData("{\"__metadata__\":{},\"__metadata__\":{}}", "duplicate key '__metadata__'")]
    [InlineData("{\"t\":1}", "tensor 't': expected JSON StartObject")]
    [InlineData("{\"t\":{}}", "expected dtype, shape and data_offsets; found none")]
    [InlineData("{\"t\":{\"dtype\":\"F32\",\"shape\":[1]}}", "found dtype, shape")]
    [InlineData("{\"t\":{\"dtype\":\"F32\",\"dtype\":\"F32\"}}", "duplicate key 'dtype'")]
    [InlineData("{\"t\":{\"colour\":1}}", "unknown key 'colour'")]
    [InlineData("{\"t\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,36]}}", "not an integer")]
    [InlineData("{\"t\":{\"dtype\":\"F32\",\"shape\":[1.5],\"data_offsets\":[0,36]}}", "not an integer")]
    [InlineData("{\"t\":{\"dtype\":\"F32\",\"shape\":[\"1\"],\"data_offsets\":[0,36]}}", "not an integer")]
    [InlineData("{\"t\":{\"dtype\":\"F32\",\"shape\":[9],\"data_offsets\":[36]}}", "expected data_offsets [begin, end]")]
    [InlineData("{\"t\":{\"dtype\":\"F32\",\"shape\":[9],\"data_offsets\":[36,0]}}", "expected data_offsets [begin, end]")]
    [InlineData("{\"t\":{\"dtype\":\"F16\",\"shape\":[18],\"data_offsets\":[0,36]}}", "tensor 't': expected dtype F32, found F16")]
    [InlineData("{\"t\":{\"dtype\":\"F32\",\"shape\":[8],\"data_offsets\":[0,36]}}", "needs 32 bytes, data_offsets have 36")]
    [InlineData(
        "{\"t\":{\"dtype\":\"F32\",\"shape\":[4611686018427387904,4611686018427387904,4611686018427387904],\"data_offsets\":[0,36]}}",
        "bytes, data_offsets have 36")]
    [InlineData("{\"t\":{\"dtype\":\"F32\",\"shape\":[10],\"data_offsets\":[0,40]}}", "end at 40, but the file has 36 bytes")]
    [InlineData("{\"t\":{\"dtype\":\"F32\",\"shape\":[8],\"data_offsets\":[4,36]}}", "there is a gap before it")]
    [InlineData("{\"t\":{\"dtype\":\"F32\",\"shape\":[8],\"data_offsets\":[0,32]}}", "expected 32 bytes of data, found 36")]
    [InlineData("{\"t\":{\"dtype\":\"F32\",\"shape\":[9],\"data_offsets\":[0,9223372036854775807]}}", "end at 9223372036854775807")]
    [InlineData("{\"t\":{\"dtype\":\"F32\",\"shape\":[9],\"data_offsets\":[0,9223372036854775808]}}", "not an integer")]
    [InlineData("{" + Kernel + "," + Kernel + "}", "duplicate key 'dense.kernel'")]
    [InlineData("{" + Bias + "," + """ "dense.kernel":{"dtype":"F32","shape":[2,3],"data_offsets":[4,28]} """ + "}", "gap")]
    [InlineData(
        "{" + Kernel + "," + """ "dense.bias":{"dtype":"F32","shape":[4],"data_offsets":[20,36]} """ + "}", "tensors overlap")]
    [InlineData("{" + Kernel + "," + """ "bias":{"dtype":"F32","shape":[3],"data_offsets":[24,36]} """ + "}", "has a tensor 'dense.bias', the file has not")]
    [InlineData(
        "{" + Kernel + "," + Bias + "," + """ "more":{"dtype":"F32","shape":[0],"data_offsets":[36,36]} """ + "}",
        "the file has a tensor 'more', Fake has not")]
    [InlineData(
        "{" + Bias + "," + """ "dense.kernel":{"dtype":"F32","shape":[3,2],"data_offsets":[0,24]} """ + "}", "expects the shape [2, 3], found [3, 2]")]
    [InlineData(
        "{" + Bias + "," + """ "dense.kernel":{"dtype":"F32","shape":[6],"data_offsets":[0,24]} """ + "}", "expects the shape [2, 3], found [6]")]
    public void WrongHeaderIsExplained(string header, string expected) => AssertMessage(Build(header, 36), expected);

    [Theory]
    [InlineData(0x7FC00000, "NaN")]
    [InlineData(0x7F800000, "Infinity")]
    public void WeightThatIsNotFiniteIsNamed(int bits, string expected)
    {
        var file = Build($"{{{Kernel},{Bias}}}", 36);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(file.Length - 36 + 16), bits);
        AssertMessage(file, $"tensor 'dense.kernel': expected finite weights, found {expected} at row 1, column 1");
    }

    [Fact]
    public void EveryTruncationIsFound()
    {
        var file = Build($"{{{Kernel},{Bias}}}", 36);
        for (var length = 0; length < file.Length; length++)
            AssertMessage(file[..length], "");
    }

    [Theory]
    [InlineData(1UL << 60)]
    [InlineData(ulong.MaxValue)]
    [InlineData(1UL << 31)]
    public void AbsurdHeaderLengthAllocatesNothing(ulong length)
    {
        var file = Build($"{{{Kernel},{Bias}}}", 36);
        BinaryPrimitives.WriteUInt64LittleEndian(file, length);
        Assert.InRange(AllocatedBytes.Of(() => AssertMessage(file, $"expected a header of {length} bytes")), 0, 100_000);
    }

    [Fact]
    public void RandomDamageNeverEscapesAsAnotherException()
    {
        var random = new RandomGenerator(1);
        var intact = Build($"{{{Kernel},{Bias}}}", 36);
        for (var i = 0; i < 20_000; i++)
        {
            var file = (byte[])intact.Clone();
            for (var changes = 1 + random.NextInt(3); changes > 0; changes--)
                file[random.NextInt(file.Length)] = (byte)random.NextInt(256);
            try
            {
                ModelStorage.Load<Model>(file);
            }
            catch (ModelFileException)
            {
            }
        }
    }

    [Fact]
    public void EveryElementTypeHasItsName() => Assert.Equal(Enum.GetNames<ElementType>(), Elements.TypeNames);

    private static byte[] Build(string header, int dataLength)
    {
        var bytes = Encoding.UTF8.GetBytes(header);
        var file = new byte[8 + bytes.Length + dataLength];
        BinaryPrimitives.WriteUInt64LittleEndian(file, (ulong)bytes.Length);
        bytes.CopyTo(file, 8);
        return file;
    }

    private static void AssertMessage(byte[] file, string expected) => Assert.Contains(
        expected, Assert.Throws<ModelFileException>(() => ModelStorage.Load<Model>(file)).Message, StringComparison.Ordinal);
}
