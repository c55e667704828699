using System.Buffers.Binary;

namespace NanoRnn.Behaviour.Tests;

/// <summary>A file is loaded as a whole or refused with a message that names what is wrong.</summary>
public sealed class LoadTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nanornn");
    private readonly Classifier _model = new(seed: 31);
    private readonly byte[] _file;
    private readonly List<StoredTensor> _tensors;

    public LoadTests()
    {
        _model.Save(PathOf("model.safetensors"));
        _file = File.ReadAllBytes(PathOf("model.safetensors"));
        _tensors = SafeTensorsFile.Parse(_file);
    }

    public static TheoryData<string> Models => [.. TestModels.Names];

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [MemberData(nameof(Models))]
    public void SavedModelComesBackToTheByte(string name)
    {
        var model = TestModels.Create(name, seed: 32);
        var (first, second) = (PathOf("first.safetensors"), PathOf("second.safetensors"));
        model.Save(first);
        var loaded = model.Load(first);
        Assert.Equal(model.PackedWeights, loaded.PackedWeights);
        loaded.Save(second);
        Assert.Equal(File.ReadAllBytes(first), File.ReadAllBytes(second));
        model.Load(File.ReadAllBytes(second)).Save(first);
        Assert.Equal(File.ReadAllBytes(first), File.ReadAllBytes(second));
    }

    [Fact]
    public void FileHasTheNamesAndShapesOfKeras()
    {
        Assert.Equal(
            ["lstm.kernel [3, 28]", "lstm.recurrent_kernel [7, 28]", "lstm.bias [28]", "dense.kernel [7, 3]", "dense.bias [3]"],
            _tensors.Select(tensor => $"{tensor.Name} [{string.Join(", ", tensor.Shape)}]"));
        Assert.All(_tensors, tensor => Assert.Equal("F32", tensor.Type));
    }

    [Fact]
    public void OrderOfTensorsIsFree()
    {
        _tensors.Reverse();
        var loaded = Classifier.Load(SafeTensorsFile.Build(_tensors));
        loaded.Save(PathOf("again.safetensors"));
        Assert.Equal(_file, File.ReadAllBytes(PathOf("again.safetensors")));
    }

    [Fact]
    public void EveryTruncationIsFound()
    {
        for (var length = 0; length < _file.Length; length++)
            Assert.Throws<ModelFileException>(() => Classifier.Load(_file.AsSpan(0, length)));
        AssertRefused([.. _file, 0], "expected", "bytes of data, found");
    }

    [Fact]
    public void EmptyFileIsRefused() => AssertRefused([], "found 0 bytes in all", "truncated");

    [Theory]
    [InlineData(1UL << 60)]
    [InlineData(1UL << 63)]
    [InlineData(ulong.MaxValue)]
    public void AbsurdHeaderLengthIsRefused(ulong length)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(_file, length);
        AssertRefused(_file, $"expected a header of {length} bytes", $"found {_file.Length - 8} bytes");
    }

    [Fact]
    public void WrongShapeIsNamed()
    {
        _tensors[1] = _tensors[1] with { Shape = [28, 7] };
        AssertRefused(SafeTensorsFile.Build(_tensors), "'lstm.recurrent_kernel'", "expects the shape [7, 28]", "found [28, 7]");
    }

    [Fact]
    public void OtherSizeIsNamed()
    {
        _tensors[4] = _tensors[4] with { Shape = [2], Data = new byte[8] };
        AssertRefused(SafeTensorsFile.Build(_tensors), "'dense.bias'", "expects the shape [3]", "found [2]");
    }

    [Theory]
    [InlineData("F64", 8)]
    [InlineData("BF16", 2)]
    [InlineData("I32", 4)]
    public void WrongTypeIsNamed(string type, int size)
    {
        _tensors[4] = _tensors[4] with { Type = type, Data = new byte[3 * size] };
        AssertRefused(SafeTensorsFile.Build(_tensors), "'dense.bias'", "expected dtype F32", $"found {type}");
    }

    [Fact]
    public void MissingTensorIsNamed()
    {
        _tensors.RemoveAt(2);
        AssertRefused(SafeTensorsFile.Build(_tensors), "Classifier has a tensor 'lstm.bias', the file has not");
    }

    [Fact]
    public void ExtraTensorIsNamed()
    {
        _tensors.Add(new StoredTensor("lstm_1.bias", "F32", [1], new byte[4]));
        AssertRefused(SafeTensorsFile.Build(_tensors), "the file has a tensor 'lstm_1.bias', Classifier has not");
    }

    [Fact]
    public void DuplicateKeyIsNamed()
    {
        _tensors.Insert(1, _tensors[0]);
        AssertRefused(SafeTensorsFile.Build(_tensors), "duplicate key 'lstm.kernel'");
    }

    [Theory]
    [InlineData(float.NaN, "NaN")]
    [InlineData(float.PositiveInfinity, "Infinity")]
    [InlineData(float.NegativeInfinity, "-Infinity")]
    public void WeightThatIsNotFiniteIsNamed(float value, string text)
    {
        BinaryPrimitives.WriteSingleLittleEndian(_tensors[3].Data.AsSpan(4 * (2 * 3 + 1)), value);
        AssertRefused(SafeTensorsFile.Build(_tensors), "'dense.kernel'", $"found {text} at row 2, column 1");
    }

    [Fact]
    public void FileOfAnotherModelIsRefused()
    {
        var path = PathOf("other.safetensors");
        new Widening().Save(path);
        AssertRefused(File.ReadAllBytes(path), " in the file, ", " in the model");
    }

    [Fact]
    public void MissingFileIsTheUsualException()
    {
        Assert.Equal(PathOf("none"), Assert.Throws<FileNotFoundException>(() => Classifier.Load(PathOf("none"))).FileName);
        Assert.ThrowsAny<IOException>(() => Classifier.Load(PathOf("no/such/folder")));
        Assert.Throws<ArgumentException>(() => Classifier.Load(""));
        Assert.Throws<ArgumentNullException>(() => Classifier.Load((string)null!));
    }

    [Fact]
    public void FolderInsteadOfAFileIsExplained()
    {
        var exception = Assert.Throws<ModelFileException>(() => Classifier.Load(_folder.FullName));
        Assert.Contains("expected a file, found a folder", exception.Message, StringComparison.Ordinal);
    }

    /// <summary>Refused from memory and from a file, whose path the message names; neither the file nor a model changes.</summary>
    private void AssertRefused(byte[] file, params string[] parts)
    {
        var path = PathOf("wrong.safetensors");
        File.WriteAllBytes(path, file);
        var before = _model.Weights.SelectMany(tensor => tensor.ToArray()).ToArray();
        var fromMemory = Assert.Throws<ModelFileException>(() => Classifier.Load(file));
        var fromFile = Assert.Throws<ModelFileException>(() => Classifier.Load(path));
        Assert.StartsWith(path, fromFile.Message, StringComparison.Ordinal);
        foreach (var part in parts)
        {
            Assert.Contains(part, fromMemory.Message, StringComparison.Ordinal);
            Assert.Contains(part, fromFile.Message, StringComparison.Ordinal);
        }

        Assert.Equal(file, File.ReadAllBytes(path));
        Assert.Equal(before, _model.Weights.SelectMany(tensor => tensor.ToArray()));
    }

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);
}
