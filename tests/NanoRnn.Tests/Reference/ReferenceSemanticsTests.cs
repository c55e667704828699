using NanoRnn.Reference;
using NanoRnn.Tests.Golden;

namespace NanoRnn.Tests.Reference;

/// <summary>
/// What the reference does with masks, lengths, directions and dropout, said by shorter sequences, reversed sequences and
/// scaled weights, which need none of them.
/// </summary>
public class ReferenceSemanticsTests
{
    private const int Inputs = 2;
    private const int Units = 3;
    private const int TimeSteps = 6;

    /// <summary>The same sums in another order.</summary>
    private const double Tolerance = 1e-14;

    /// <summary>Steps that count, of three sequences: with gaps and ends, all, none.</summary>
    private static readonly bool[][] _masks =
    [
        [false, true, false, true, true, false], [true, true, true, true, true, true], [false, false, false, false, false, false],
    ];

    public static TheoryData<string> Cells => ["SimpleRnn", "Lstm", "Gru", "GruBefore"];

    private static float[] Batch { get; } = GoldenFormula.Inputs("semantics", _masks.Length * TimeSteps * Inputs);

    [Theory]
    [MemberData(nameof(Cells))]
    public void MaskedStepsAreSkippedAndRepeatTheOutput(string cell)
    {
        var network = Create(Inputs, Cell(cell) with { ReturnSequences = true });
        for (var row = 0; row < _masks.Length; row++)
        {
            var expected = new Queue<double[]>(Steps(network, Compacted(row)));
            var last = new double[Units];
            foreach (var (isValid, actual) in _masks[row].Zip(MaskedSteps(network, row)))
                Assert.Equal(last = isValid ? expected.Dequeue() : last, actual);
        }
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public void MaskedStepsOfBothDirectionsAreZero(string cell)
    {
        var network = Create(Inputs, Cell(cell) with { ReturnSequences = true, Merge = ReferenceMerge.Concat });
        for (var row = 0; row < _masks.Length; row++)
        {
            var expected = new Queue<double[]>(Steps(network, Compacted(row)));
            foreach (var (isValid, actual) in _masks[row].Zip(MaskedSteps(network, row)))
                Assert.Equal(isValid ? expected.Dequeue() : new double[2 * Units], actual);
        }
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public void LastStatesSkipMaskedSteps(string cell)
    {
        RecurrentDescription[] variants =
            [Cell(cell), Cell(cell) with { GoBackwards = true }, Cell(cell) with { Merge = ReferenceMerge.Sum }];
        foreach (var variant in variants)
        {
            var network = Create(Inputs, variant);
            for (var row = 0; row < _masks.Length; row++)
            {
                var expected = Steps(network, Compacted(row)).SingleOrDefault() ?? new double[Units];
                Assert.Equal(expected, MaskedSteps(network, row).Single());
            }
        }
    }

    [Fact]
    public void MasksReachTheLayersAbove()
    {
        var network = Create(
            Inputs,
            new MaskingDescription(), new DenseDescription(5),
            new LstmDescription(4) { ReturnSequences = true, Merge = ReferenceMerge.Concat },
            new NormalizationDescription(), new GruDescription(Units));
        var masked = (float[])Batch.Clone();
        for (var t = 0; t < TimeSteps; t++)
            if (!_masks[0][t])
                masked.AsSpan(t * Inputs, Inputs).Clear();

        Assert.Equal(
            network.Predict(Compacted(0), Compacted(0).Length / Inputs),
            network.Predict(masked[..(TimeSteps * Inputs)], TimeSteps));
    }

    [Fact]
    public void TokenZeroCanBePadding()
    {
        LayerDescription[] above = [new LstmDescription(Units) { ReturnSequences = true }, new GruDescription(Units)];
        var padded = Create(0, [new EmbeddingDescription(4, 3) { MaskZero = true }, .. above]);
        var plain = Create(0, [new EmbeddingDescription(4, 3), .. above]);

        Assert.Equal(
            plain.Predict(ReferenceBatch.Of([3, 1, 2], 3)).Values, padded.Predict(ReferenceBatch.Of([0, 3, 1, 0, 2], 5)).Values);
        Assert.NotEqual(
            plain.Predict(ReferenceBatch.Of([3, 1, 2], 3)).Values, plain.Predict(ReferenceBatch.Of([0, 3, 1, 0, 2], 5)).Values);
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public void ASequenceWithALengthIsAsAlone(string cell)
    {
        int[] lengths = [4, 6, 1];
        RecurrentDescription[] variants =
            [Cell(cell), Cell(cell) with { GoBackwards = true }, Cell(cell) with { Merge = ReferenceMerge.Concat }];
        foreach (var variant in variants.SelectMany(v => (RecurrentDescription[])[v, v with { ReturnSequences = true }]))
        {
            var network = Create(Inputs, variant, new DenseDescription(2));
            var outputs = network.Predict(ReferenceBatch.Of(Batch, TimeSteps) with { Lengths = lengths });
            for (var row = 0; row < lengths.Length; row++)
            {
                var first = row * TimeSteps * Inputs;
                var alone = network.Predict(Batch[first..(first + lengths[row] * Inputs)], lengths[row]);
                var stride = outputs.Values.Length / lengths.Length;
                var together = outputs.Values.AsSpan(row * stride, stride);
                Assert.Equal(alone, together[..alone.Length].ToArray());
                Assert.All(together[alone.Length..].ToArray(), output => Assert.Equal(0, output));
                Assert.Equal(alone.Length / 2, outputs.Valid.Chunk(stride / 2).ElementAt(row).Count(valid => valid));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public void BackwardsIsForwardsOnTheReversedSequence(string cell)
    {
        var forward = Create(Inputs, Cell(cell) with { ReturnSequences = true });
        var backward = Create(Inputs, Cell(cell) with { ReturnSequences = true, GoBackwards = true });
        float[] reversed = [.. Enumerable.Reverse(Row(0).Chunk(Inputs)).SelectMany(x => x)];

        Assert.Equal(forward.Predict(reversed, TimeSteps), backward.Predict(Row(0), TimeSteps));
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public void BothDirectionsAreMerged(string cell)
    {
        foreach (var sequences in (bool[])[true, false])
        {
            var both = Create(Inputs, Cell(cell) with { ReturnSequences = sequences, Merge = ReferenceMerge.Concat });
            var forward = Create(Inputs, Cell(cell) with { ReturnSequences = sequences });
            var backward = Create(Inputs, Cell(cell) with { ReturnSequences = sequences, GoBackwards = true });
            Copy(both, "forward", forward);
            Copy(both, "backward", backward);
            var a = forward.Predict(Row(0), TimeSteps);
            double[] b = [.. Enumerable.Reverse(backward.Predict(Row(0), TimeSteps).Chunk(Units)).SelectMany(h => h)];

            Assert.Equal(a.Chunk(Units).Zip(b.Chunk(Units), (x, y) => x.Concat(y)).SelectMany(h => h), both.Predict(Row(0), TimeSteps));
            Assert.Equal(a.Zip(b, (x, y) => x + y), Merged(ReferenceMerge.Sum));
            Assert.Equal(a.Zip(b, (x, y) => x * y), Merged(ReferenceMerge.Multiply));
            Assert.Equal(a.Zip(b, (x, y) => (x + y) / 2), Merged(ReferenceMerge.Average));

            double[] Merged(ReferenceMerge merge) =>
                Create(Inputs, Cell(cell) with { ReturnSequences = sequences, Merge = merge }).Predict(Row(0), TimeSteps);
        }
    }

    /// <summary>A factor of a state, where it meets the recurrent kernel, is one of a row of that kernel; the same for inputs.</summary>
    [Theory]
    [MemberData(nameof(Cells))]
    public void FactorsOfDropoutAreFactorsOfKernels(string cell)
    {
        double[][] inputFactors = [[2, 0], [0, 2], [0, 0]], stateFactors = [[0, 1.5, 1.5], [1.5, 0, 1.5], [0, 0, 0]];
        var network = Create(Inputs, Cell(cell));
        var name = network.Tensors[0].Name[..^".kernel".Length];
        var dropped = network.Predict(ReferenceBatch.Of(Batch, TimeSteps) with
        {
            Dropout = new Dictionary<string, double[][]> { [$"{name}.input"] = inputFactors, [$"{name}.state"] = stateFactors },
        }).Values;

        for (var row = 0; row < _masks.Length; row++)
        {
            var scaled = Create(Inputs, Cell(cell));
            Scale(scaled.Tensors[0], inputFactors[row]);
            Scale(scaled.Tensors[1], stateFactors[row]);
            foreach (var (expected, actual) in scaled.Predict(Row(row), TimeSteps).Zip(dropped.Chunk(Units).ElementAt(row)))
                Assert.Equal(expected, actual, Tolerance);
        }
    }

    [Fact]
    public void ADropoutLayerTakesAFactorForEachFeatureOfEachStep()
    {
        var factors = Array.ConvertAll(GoldenFormula.Uniform("factors", TimeSteps * Inputs), factor => factor > 0 ? 2.0 : 0);
        var network = Create(Inputs, new DropoutDescription(), new DropoutDescription(), new LstmDescription(Units));
        var outputs = network.Predict(ReferenceBatch.Of(Row(0), TimeSteps) with
        {
            Dropout = new Dictionary<string, double[][]> { ["dropout_1"] = [factors] },
        });

        Assert.Equal(network.Predict([.. Row(0).Zip(factors, (x, factor) => x * (float)factor)], TimeSteps), outputs.Values);
    }

    [Fact]
    public void ADecoderStartsWhereTheEncoderEnded()
    {
        // Both embeddings and both cells are the same, and so the decoder goes on as one long sequence would.
        var network = Create(
            0,
            new EmbeddingDescription(5, 2), new LstmDescription(Units) { ReturnSequences = true }, new GruDescription(Units),
            new DecoderDescription(StartToken: 4, EndToken: 0),
            new EmbeddingDescription(5, 2), new LstmDescription(Units) { ReturnSequences = true },
            new GruDescription(Units) { ReturnSequences = true });
        foreach (var (from, to) in network.Tensors.Take(7).Zip(network.Tensors.Skip(7)))
            from.Values.CopyTo(to.Values, 0);

        var whole = Create(
            0,
            new EmbeddingDescription(5, 2), new LstmDescription(Units) { ReturnSequences = true },
            new GruDescription(Units) { ReturnSequences = true });

        var decoded = network.Predict(ReferenceBatch.Of([1, 3, 0], 3) with { Targets = [2, 1] });

        Assert.Equal(whole.Predict(ReferenceBatch.Of([1, 3, 0, 4, 2], 5)).Values[(3 * Units)..], decoded.Values);
    }

    [Theory]
    [InlineData(ReferenceLoss.MeanSquaredError)]
    [InlineData(ReferenceLoss.BinaryCrossentropy)]
    [InlineData(ReferenceLoss.CategoricalCrossentropy)]
    [InlineData(ReferenceLoss.SparseCategoricalCrossentropy)]
    public void LossesAreMeansOverThePositionsThatCount(ReferenceLoss loss)
    {
        const int Features = 3;
        var outputs = Array.ConvertAll(GoldenFormula.Uniform("loss", 4 * Features), y => 0.5 + 0.4 * y);
        var targets = GoldenFormula.Targets("loss", loss, 4, Features);
        var perPosition = targets.Length / 4;

        var some = ReferenceLosses.Compute(loss, new(outputs, [true, false, false, true]), targets, Features);

        var alone = ReferenceLosses.Compute(
            loss, new([.. outputs[..Features], .. outputs[^Features..]], [true, true]),
            [.. targets[..perPosition], .. targets[^perPosition..]], Features);
        Assert.Equal(alone, some);
        Assert.Equal(0, ReferenceLosses.Compute(loss, new(outputs, new bool[4]), targets, Features));
    }

    private static RecurrentDescription Cell(string name) => name switch
    {
        "SimpleRnn" => new SimpleRnnDescription(Units),
        "Lstm" => new LstmDescription(Units),
        "Gru" => new GruDescription(Units),
        _ => new GruDescription(Units) { ResetAfter = false },
    };

    /// <summary>A network whose tensors depend on nothing but their place and shape.</summary>
    private static ReferenceNetwork Create(int inputSize, params LayerDescription[] layers)
    {
        var network = new ReferenceNetwork(inputSize, layers);
        for (var i = 0; i < network.Tensors.Count; i++)
            Array.ConvertAll(GoldenFormula.Uniform($"semantics/{i}", network.Tensors[i].Values.Length), w => (double)w)
                .CopyTo(network.Tensors[i].Values, 0);

        return network;
    }

    private static void Copy(ReferenceNetwork from, string direction, ReferenceNetwork to)
    {
        var tensors = from.Tensors.Where(tensor => tensor.Name.Contains($".{direction}.", StringComparison.Ordinal));
        foreach (var (source, tensor) in tensors.Zip(to.Tensors))
            source.Values.CopyTo(tensor.Values, 0);
    }

    private static void Scale(ReferenceTensor kernel, double[] factors)
    {
        var columns = kernel.Values.Length / factors.Length;
        for (var i = 0; i < kernel.Values.Length; i++)
            kernel.Values[i] *= factors[i / columns];
    }

    private static float[] Row(int row) => Batch[(row * TimeSteps * Inputs)..((row + 1) * TimeSteps * Inputs)];

    /// <summary>The steps of a sequence that its mask leaves.</summary>
    private static float[] Compacted(int row) =>
        [.. Row(row).Chunk(Inputs).Zip(_masks[row]).Where(step => step.Second).SelectMany(step => step.First)];

    private static double[][] Steps(ReferenceNetwork network, float[] sequence) => sequence.Length == 0
        ? []
        : [.. network.Predict(sequence, sequence.Length / Inputs).Chunk(network.OutputSize)];

    private static double[][] MaskedSteps(ReferenceNetwork network, int row) =>
        [.. network.Predict(ReferenceBatch.Of(Row(row), TimeSteps) with { Mask = _masks[row] }).Values.Chunk(network.OutputSize)];
}
