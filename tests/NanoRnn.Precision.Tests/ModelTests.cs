using NanoRnn.CompilerServices;
using NanoRnn.Tests.Shared;

namespace NanoRnn.Reduced.Tests;

/// <summary>What a class of reduced precision is and is not.</summary>
public class ModelTests
{
    public static TheoryData<string, Precision> Models => Cases.Models;

    [Theory]
    [InlineData(typeof(BFloat16Models.Large))]
    [InlineData(typeof(Float16Models.Translator))]
    public void ItIsNoModelThatCanBeTrained(Type type)
    {
        Assert.Contains(type.GetInterfaces(), contract => contract.IsGenericType && contract.GetGenericTypeDefinition() == typeof(IPackedModel<>));
        Assert.DoesNotContain(type.GetInterfaces(), contract => contract.IsGenericType && contract.GetGenericTypeDefinition() == typeof(IRnnModel<>));
        Assert.Empty(type.GetConstructors());
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void WeightsTakeHalfTheBytes(string network, Precision precision)
    {
        var family = Families.Named(network);
        var model = family.Create(1);
        var reduced = family.Reduced[precision](model.Weights);
        Assert.Equal(precision, reduced.Layout.Precision);
        Assert.Equal(Precision.Float32, model.Layout.Precision);
        Assert.True(reduced.Layout.WeightLength < model.Layout.WeightLength);
        if (network == "Large")
            Assert.InRange(reduced.Layout.WeightLength, 0.5 * model.Layout.WeightLength, 0.52 * model.Layout.WeightLength);
        Assert.Equal(reduced.PackedWeights.Length, reduced.Layout.WeightLength);
        Assert.Equal(0, reduced.Layout.TransposedLength);
        Assert.Equal(0, reduced.Layout.GradientPieces);
        foreach (var (layer, wide) in reduced.Summary.Layers.Zip(model.Summary.Layers))
        {
            Assert.Equal(wide with { WeightBytes = layer.WeightBytes, TapeBytesPerStep = 0, ParameterBytes = layer.ParameterBytes }, layer);
            Assert.True(layer.WeightBytes <= wide.WeightBytes);
        }
    }

    [Fact]
    public void TheSummaryHasItsBytes()
    {
        var text = BFloat16Models.Plain.Summary.ToString();
        Assert.Contains($"Total params: 4,800 ({4800 * 2 / 1024.0:F2} KB)", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Precision.BFloat16)]
    [InlineData(Precision.Float16)]
    public void WeightsCanOnlyBeRead(Precision precision)
    {
        var family = Families.Named("Layers");
        var reduced = family.Reduced[precision](family.Create(1).Weights);
        foreach (var tensor in reduced.Weights)
        {
            var value = tensor[0];
            Assert.Throws<InvalidOperationException>(() => tensor[0, 0] = 1);
            var exception = Assert.Throws<InvalidOperationException>(() => tensor.CopyFrom(new float[tensor.Count]));
            Assert.StartsWith($"The weights of Layers are stored as {precision} and cannot be changed", exception.Message, StringComparison.Ordinal);
            Assert.Equal(value, tensor[0]);
        }
    }

    [Fact]
    public void OtherWeightsAreNotTaken()
    {
        var convert = Families.Named("Plain").Reduced[Precision.BFloat16];
        Assert.Throws<ArgumentNullException>(() => convert(null!));
        foreach (var (other, features) in new[] { ("Large", 10), ("Small", 1) })
        {
            var exception = Assert.Throws<ArgumentException>(() => convert(Families.Named(other).Create(1).Weights));
            Assert.StartsWith($"weights: the input 'input' has features {features} in the collection, 5 in the model.", exception.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void MoreWeightsThanItHasAreNotTaken()
    {
        var exception = Assert.Throws<ArgumentException>(
            () => Families.Named("Layers").Reduced[Precision.BFloat16](LayersAndMore()));
        Assert.StartsWith("weights: the collection has a tensor 'extra', Layers has not.", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(70000f)]
    public void AWeightThatCannotBeStoredIsNamed(float weight)
    {
        var family = Families.Named("Layers");
        var model = family.Create(1);

        // What training that diverged leaves: no setter lets it in.
        model.PackedWeights.Span[IndexOf(model, "dense.kernel", 1, 2)] = weight;
        var exception = Assert.Throws<ArgumentException>(() => family.Reduced[Precision.Float16](model.Weights));
        Assert.StartsWith(
            float.IsFinite(weight)
                ? "weights: tensor 'dense.kernel': 70000 at row 1, column 2 is too large for F16."
                : FormattableString.Invariant($"weights: tensor 'dense.kernel': expected finite weights, found {weight} at row 1, column 2."),
            exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void PredictingAllocatesNothing()
    {
        var large = BFloat16Models.Large.From(new Float32Models.Large(1).Weights);
        var masked = Float16Models.Masked.From(new Float32Models.Masked(1).Weights);
        Assert.Equal(0, Allocated(large, large.CreateSession().Step, BFloat16Models.Large.InputSize, BFloat16Models.Large.OutputSize));
        Assert.Equal(0, Allocated(masked, masked.CreateSession().Step, Float16Models.Masked.InputSize, Float16Models.Masked.OutputSize));
    }

    private static long Allocated(ISequencePredictor<float> model, StepCall<float> step, int inputSize, int outputSize)
    {
        const int TimeSteps = 6;
        const int Rows = 5;
        var inputs = new float[Rows * TimeSteps * inputSize];
        var outputs = new float[Rows * outputSize];
        Run();
        return AllocatedBytes.Of(Run);

        void Run()
        {
            model.Predict(inputs.AsSpan(0, TimeSteps * inputSize), outputs.AsSpan(0, outputSize));
            model.PredictBatch(inputs, TimeSteps, outputs);
            step(inputs.AsSpan(0, inputSize), outputs.AsSpan(0, outputSize));
        }
    }

    private static int IndexOf(TestModel model, string name, int row, int column) =>
        model.Layout.Tensors.Single(tensor => tensor.Name == name).IndexOf(row, column);

    private static WeightCollection LayersAndMore()
    {
        var model = Families.Named("Layers").Create(1);
        var layout = model.Layout;
        var more = new ModelLayout
        {
            ModelName = "More",
            InputSize = layout.InputSize,
            OutputSize = layout.OutputSize,
            ReturnsSequences = layout.ReturnsSequences,
            OutputActivation = layout.OutputActivation,
            WeightLength = layout.WeightLength,
            TransposedLength = layout.TransposedLength,
            GradientPieces = layout.GradientPieces,
            StateLength = layout.StateLength,
            IsStreamable = layout.IsStreamable,
            Tensors =
            [
                .. layout.Tensors,
                new StridedTensorLayout
                {
                    Name = "extra", Shape = [1], Initializer = Initializer.Zeros, Offset = 0, RowStride = 0, ColumnStride = 1,
                },
            ],
        };
        return new WeightCollection(more, model.PackedWeights);
    }
}
