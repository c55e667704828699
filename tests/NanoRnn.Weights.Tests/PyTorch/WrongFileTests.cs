using System.Buffers.Binary;
using System.Text;
using NanoRnn.Behaviour.Tests;
using NanoRnn.CompilerServices;
using NanoRnn.Tests.Shared;

namespace NanoRnn.Weights.Tests.PyTorch;

/// <summary>Files of PyTorch's modules that are not the model's layers, or may be in several ways, are refused.</summary>
public sealed class WrongFileTests
{
    [Fact]
    public void MissingModuleIsNamedWithWhatThereIs() => AssertRefused<OneLstm>(
        PyTorchFiles.Read("lstm").Where(tensor => !tensor.Name.StartsWith("head", StringComparison.Ordinal)),
        "model data: expected a module of weight [2, 5], bias [2] for 'dense', found 0. The file has lstm.bias_hh_l0 [20], lstm.bias_ih_l0 [20], " +
        "lstm.weight_hh_l0 [20, 5], lstm.weight_ih_l0 [20, 3]. OneLstm wants for 'lstm' weight_ih [20, 3], weight_hh [20, 5], " +
        "bias_ih [20], bias_hh [20], for 'dense' weight [2, 5], bias [2].");

    [Theory]
    [InlineData("lstm.bias_hh_l0")]
    [InlineData("lstm.weight_ih_l0")]
    [InlineData("head.weight")]
    [InlineData("head.bias")]
    public void MissingTensorIsRefused(string name) =>
        AssertRefused<OneLstm>(PyTorchFiles.Read("lstm").Where(tensor => tensor.Name != name), "found 0. The file has", "OneLstm wants for 'lstm'");

    [Theory]
    [InlineData("lstm.weight_hr_l0", "expected a module of weight_ih [20, 3]")]
    [InlineData("norm.running_mean", "no layer of OneLstm has the module 'norm' of running_mean [2]")]
    [InlineData("other.weight", "no layer of OneLstm has the module 'other' of weight [2]")]
    [InlineData("lstm.weight_ih_l1", "no layer of OneLstm has the module 'lstm_l1' of weight_ih [2]")]
    [InlineData("lstm.weight_ih_lx", "expected a module of weight_ih [20, 3]")]
    [InlineData("lstm.weight_ih", "expected a module of weight_ih [20, 3]")]
    [InlineData("head.bias [2], weight", "expected a module of weight [2, 5]")]
    public void LeftOverTensorIsNamed(string name, string message) => AssertRefused<OneLstm>(
        PyTorchFiles.Read("lstm").Append(new StoredTensor(name, "F32", [2], new byte[8])), message, "The file has", "OneLstm wants for 'lstm'");

    [Fact]
    public void SecondModuleOfTheSameShapeIsRefused() => AssertRefused<OneLstm>(
        PyTorchFiles.Read("lstm").Concat(PyTorchFiles.Read("lstm").Select(tensor => tensor with { Name = "a." + tensor.Name })),
        "for 'lstm', found 2.");

    [Fact]
    public void ShapesThatAreTransposedAreRefused() => AssertRefused<OneLstm>(
        PyTorchFiles.Read("lstm").Select(tensor => tensor with { Shape = [.. tensor.Shape.Reverse()] }), "found 0.");

    [Fact]
    public void OrderThatNamesDoNotShowIsRefused() => AssertRefused<Numbered>(
        PyTorchFiles.Read("named"),
        "which of the modules 'body' and 'head' of weight [3, 3], bias [3] is which of the layers 'dense', 'dense_1', 'dense_2' cannot be known; " +
        "give the layers the modules' names (Name = \"…\"). The file has body.bias [3]");

    [Fact]
    public void EqualNumbersAreNoOrder() => AssertRefused<Numbered>(
        PyTorchFiles.Read("numbered").Select(tensor => tensor with { Name = tensor.Name.Replace("fc10", "fc02", StringComparison.Ordinal) }),
        "'fc02' and 'fc2'", "cannot be known");

    /// <summary>One name that fits may be chance; only all of them say what is what.</summary>
    [Fact]
    public void OneNameThatFitsIsNoOrder() => AssertRefused<Named>(
        PyTorchFiles.Read("named").Select(tensor => tensor with { Name = tensor.Name.Replace("inner.0", "core", StringComparison.Ordinal) }),
        "'inner_0', 'head', 'body' cannot be known");

    /// <summary>Dots and underscores are the same in a layer's name.</summary>
    [Fact]
    public void NamesThatBecomeOneAreNoOrder() => AssertRefused<Named>(
        PyTorchFiles.Read("named").Select(tensor => tensor with { Name = tensor.Name.Replace("body", "inner_0", StringComparison.Ordinal) }),
        "'inner_0' and 'head'", "cannot be known");

    [Fact]
    public void LayersThatPyTorchHasNotAreNamed()
    {
        AssertRefused<ResetBefore>(
            PyTorchFiles.Read("gru"), "the file is PyTorch's, and 'gru' of ResetBefore has reset_after false, a module of PyTorch's true.");
        AssertRefused<OtherActivation>(
            PyTorchFiles.Read("lstm"), "'lstm' of OtherActivation has activation relu, a module of PyTorch's tanh.");
        AssertRefused<Statistics>(
            PyTorchFiles.Read("lstm"), "'normalization' of Statistics has tensors (normalization.mean) that no module of PyTorch's has.");
        AssertRefused<Started>(PyTorchFiles.Read("lstm"), "'lstm' of Started has states to start with, a module of PyTorch's starts with zeros.");
        AssertRefused<LstmWithoutBias>(PyTorchFiles.Read("lstm"), "expected a module of weight_ih [20, 3], weight_hh [20, 5] for 'lstm', found 0.");
    }

    [Fact]
    public void IntegersAreRefused() => AssertRefused<OneLstm>(
        Change("head.weight", tensor => tensor with { Type = "I32" }), "tensor 'head.weight': expected dtype F32, F64, F16 or BF16, found I32.");

    [Fact]
    public void NumbersThatAreNotFiniteOrTooLargeAreNamed()
    {
        AssertRefused<OneLstm>(
            Change("lstm.weight_ih_l0", tensor => WithFloat(tensor, 7, float.NaN)),
            "tensor 'lstm.weight_ih_l0': expected finite weights of 32 bits, found NaN at row 2, column 1.");
        var wide = PyTorchFiles.Read("lstm", "f64");
        BinaryPrimitives.WriteDoubleLittleEndian(wide.Single(tensor => tensor.Name == "head.bias").Data.AsSpan(8), 1e300);
        AssertRefused<OneLstm>(wide, "tensor 'head.bias': expected finite weights of 32 bits, found 1E+300 at row 0, column 1.");
        AssertRefused<HalfLstm>(
            Change("lstm.weight_ih_l0", tensor => WithFloat(tensor, 1, 1e30f)), "tensor 'lstm.kernel': 1E+30 at row 1, column 0 is too large for F16.");
    }

    [Fact]
    public void SumOfBiasesThatOverflowsIsRefused() => AssertRefused<OneLstm>(
        PyTorchFiles.Read("lstm").Select(tensor => tensor.Name.Contains("bias_", StringComparison.Ordinal) ? WithFloat(tensor, 3, float.MaxValue) : tensor),
        "tensor 'lstm.bias': expected finite weights, found Infinity at row 0, column 3.");

    /// <summary>A file whose header has been changed is refused in words, or is the same model: data never changes its place.</summary>
    [Fact]
    public void DamagedFilesAreRefusedInWords()
    {
        var file = File.ReadAllBytes(PyTorchFiles.PathOf("lstm"));
        var expected = OneLstm.Load(file).ToBytes();
        var headerLength = (int)BinaryPrimitives.ReadUInt64LittleEndian(file);
        var random = new Random(1);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var count = SlowTests.All ? 1_000_000 : SlowTests.Run ? 100_000 : 20_000;
        for (var i = 0; i < count; i++)
        {
            var damaged = Damage(file, headerLength, random);
            try
            {
                Assert.Equal(expected, OneLstm.Load(damaged).ToBytes());
            }
            catch (ModelFileException exception)
            {
                Assert.StartsWith("model data: ", exception.Message, StringComparison.Ordinal);
            }
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, count * 100L * file.Length);
    }

    /// <summary>Characters of the header that are others, or words of it in each other's place, which may be of other lengths.</summary>
    private static byte[] Damage(byte[] file, int headerLength, Random random)
    {
        var header = Encoding.UTF8.GetString(file.AsSpan(8, headerLength));
        string[] words = ["lstm.", "head.", "weight_ih", "weight_hh", "bias_ih", "bias_hh", "weight", "bias", "_l0", "_l1", "_reverse", "F32", "F64", "[20,5]", "[20]", "[2,5]"];
        if (random.Next(2) == 0)
        {
            var characters = header.ToCharArray();
            for (var changes = random.Next(1, 4); changes > 0; changes--)
                characters[random.Next(characters.Length)] = (char)random.Next(32, 127);
            header = new string(characters);
        }
        else
        {
            var word = words[random.Next(words.Length)];
            var place = header.IndexOf(word, random.Next(headerLength), StringComparison.Ordinal);
            header = place < 0 ? header : header.Remove(place, word.Length).Insert(place, words[random.Next(words.Length)]);
        }

        return SafeTensorsFile.Assemble(Encoding.UTF8.GetBytes(header), file[(8 + headerLength)..]);
    }

    private static IEnumerable<StoredTensor> Change(string name, Func<StoredTensor, StoredTensor> change) =>
        PyTorchFiles.Read("lstm").Select(tensor => tensor.Name == name ? change(tensor) : tensor);

    private static StoredTensor WithFloat(StoredTensor tensor, int index, float value)
    {
        var data = (byte[])tensor.Data.Clone();
        BinaryPrimitives.WriteSingleLittleEndian(data.AsSpan(index * sizeof(float)), value);
        return tensor with { Data = data };
    }

    private static void AssertRefused<TModel>(IEnumerable<StoredTensor> tensors, params string[] parts)
        where TModel : class, IPackedModel<TModel>
    {
        var message = Assert.Throws<ModelFileException>(() => ModelStorage.Load<TModel>(SafeTensorsFile.Build(tensors))).Message;
        Assert.All(parts, part => Assert.Contains(part, message, StringComparison.Ordinal));
    }
}
