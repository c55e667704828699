namespace NanoRnn.Behaviour;

// Together: every layer, every activation, the sizes around the blocks of 4, 8 and 16 lanes, dense layers with few and with
// many outputs, last-state and every-step outputs, penalties on every kind of tensor, other initialisers.

[RnnModel(InputSize = 1)]
[SimpleRnn(1)]
[Dense(1)]
internal sealed partial class Smallest : ITestModel<Smallest>;

[RnnModel(InputSize = 2)]
[SimpleRnn(3, Activation = Activation.Relu, ReturnSequences = true)]
[Dense(2, Activation = Activation.Sigmoid)]
internal sealed partial class Flags : ITestModel<Flags>;

[RnnModel(InputSize = 3)]
[Lstm(7)]
[Dense(3, Activation = Activation.Softmax)]
internal sealed partial class Classifier : ITestModel<Classifier>;

[RnnModel(InputSize = 8)]
[Gru(8, Activation = Activation.Elu, RecurrentActivation = Activation.HardSigmoid)]
[Dense(17)]
internal sealed partial class Widening : ITestModel<Widening>;

[RnnModel(InputSize = 4)]
[Gru(13, ResetAfter = false, ReturnSequences = true)]
[Dense(5, Activation = Activation.Softmax)]
internal sealed partial class Tagger : ITestModel<Tagger>;

[RnnModel(InputSize = 1)]
[Lstm(16, Activation = Activation.Softsign, UnitForgetBias = false, ReturnSequences = true)]
internal sealed partial class Bare : ITestModel<Bare>;

[RnnModel(InputSize = 5)]
[Lstm(17, KernelL1 = 1e-3f, RecurrentL2 = 2e-3f, BiasL2 = 0.01f, ReturnSequences = true)]
[Gru(20, KernelL2 = 1e-3f, RecurrentL1 = 1e-3f, BiasL1 = 1e-3f)]
[Dense(33, Activation = Activation.Gelu)]
[Dense(1, KernelL1 = 0.01f, KernelL2 = 0.02f)]
internal sealed partial class TwoDeep : ITestModel<TwoDeep>;

[RnnModel(InputSize = 7)]
[SimpleRnn(31, Activation = Activation.Silu, ReturnSequences = true)]
[Gru(33, ResetAfter = false, ReturnSequences = true)]
[Lstm(13, UseBias = false, KernelInitializer = Initializer.GlorotNormal, RecurrentInitializer = Initializer.RandomNormal)]
[Dense(7, Activation = Activation.Softplus)]
internal sealed partial class ThreeDeep : ITestModel<ThreeDeep>;

[RnnModel(InputSize = 1)]
[Lstm(50)]
[Dense(1)]
internal sealed partial class Forecaster : ITestModel<Forecaster>;

[RnnModel(InputSize = 3)]
[Gru(64, UseBias = false)]
[Dense(40, Activation = Activation.Softmax)]
internal sealed partial class ManyClasses : ITestModel<ManyClasses>;

[RnnModel(InputSize = 2)]
[SimpleRnn(65, Activation = Activation.LeakyRelu)]
[Dense(2, Activation = Activation.Tanh)]
internal sealed partial class Oscillator : ITestModel<Oscillator>;

[RnnModel(InputSize = 20)]
[Lstm(100)]
[Dense(10, Activation = Activation.LeakyRelu)]
internal sealed partial class Large : ITestModel<Large>;

// Layers whose weights outgrow the first cache, with whole sums and sums of two and four parts.
[RnnModel(InputSize = 3)]
[SimpleRnn(128, ReturnSequences = true)]
[Dense(20)]
[Lstm(50, ReturnSequences = true)]
[Gru(64)]
[Dense(2)]
internal sealed partial class BlockByBlock : ITestModel<BlockByBlock>;

[RnnModel(InputSize = 3)]
[Dense(20, Activation = Activation.Selu)]
[Gru(50, ResetAfter = false)]
[Dense(3, Activation = Activation.Exponential)]
internal sealed partial class DenseFirst : ITestModel<DenseFirst>;

[RnnModel(InputSize = 6)]
[Dense(17, Activation = Activation.HardSigmoid)]
[Dense(8, Activation = Activation.Softplus, UseBias = false)]
[Dense(16, Activation = Activation.Exponential)]
[Dense(13, Activation = Activation.Softmax)]
[Dense(1, Activation = Activation.Sigmoid)]
internal sealed partial class OnlyDense : ITestModel<OnlyDense>;

[RnnModel(InputSize = 3)]
[Gru(21, ActivationMethod = nameof(OwnFunctions.Wave), RecurrentActivationMethod = nameof(OwnFunctions.Gate), ReturnSequences = true)]
[Lstm(5, RecurrentActivationMethod = nameof(OwnFunctions.Gate))]
[Dense(19, ActivationMethod = nameof(OwnFunctions.Mixed))]
internal sealed partial class OwnFunctions : ITestModel<OwnFunctions>
{
    private static float Gate(float x) => 1 / (1 + MathF.Exp(-x));

    private static float Wave(float x) => MathF.Sin(x) * MathF.Cos(3 * x) + MathF.Atan(x) - MathF.Pow(MathF.Abs(x) + 1, -0.3f);

    /// <summary>Something of everything.</summary>
    private static float Mixed(float x)
    {
        var size = MathF.Sqrt(x * x + 1e-3f);
        if (x > 0 && size < 0.5f || x == 1)
            return MathF.Log(1 + size) * MathF.Cosh(x);
        var held = MathF.Max(MathF.Min(x, size / 2), MathF.Sinh(-x));
        return held != 0 ? MathF.Tanh(held) / size : 0;
    }
}

[RnnModel(InputSize = 4)]
[CustomRnn(nameof(OwnCells.MinimalGatedUnit), 21, ReturnSequences = true)]
[CustomRnn(nameof(OwnCells.Peephole), 13, ActivationMethod = nameof(OwnCells.Squash))]
[Dense(3)]
internal sealed partial class OwnCells : ITestModel<OwnCells>
{
    [Cell]
    private static CellDefinition MinimalGatedUnit(CellBuilder cell)
    {
        var h = cell.Previous("h");
        var forget = cell.Gate(cell.Affine("f", h));
        return cell.Build((h, (1 - forget) * h + forget * cell.Activate(cell.Affine("h", forget * h))));
    }

    [Cell]
    private static CellDefinition Peephole(CellBuilder cell)
    {
        var h = cell.Previous("h");
        var c = cell.Previous("c");
        var next = cell.Gate(cell.Affine("f", h)) * c + cell.Activate(cell.Affine("g", h));
        return cell.Build((h, cell.Gate(cell.Affine("o", h) + cell.Weight("peephole") * next) * cell.Apply(Squash, next)), (c, next));
    }

    private static float Squash(float x) => x / MathF.Sqrt(1 + x * x);
}

[RnnModel(InputSize = 7)]
[Normalization]
[Lstm(9, ReturnSequences = true)]
[Dense(5, Activation = Activation.Sigmoid)]
[Denormalization(Kind = NormalizationKind.MinMax)]
internal sealed partial class Scaled : ITestModel<Scaled>
{
    /// <summary>A model with statistics of numbers that do not lie around zero.</summary>
    public static Scaled Create(int seed)
    {
        var random = new RandomGenerator((uint)seed);
        var (inputs, targets) = (new float[20 * InputSize], new float[20 * OutputSize]);
        foreach (ref var value in inputs.AsSpan())
            value = random.NextUniform(-1, 2);
        foreach (ref var value in targets.AsSpan())
            value = random.NextUniform(-2, 0.5f);
        var model = new Scaled(seed);
        model.Adapt(inputs, targets);
        return model;
    }
}

[RnnModel(InputSize = 5)]
[Dense(21, Activation = Activation.Tanh, Name = "features")]
[Gru(21, ReturnSequences = true, Name = "context")]
[Dense(2, Activation = Activation.Sigmoid, Name = "flags")]
[Lstm(9, ReturnSequences = true, Input = "input", Name = "noise")]
[Concatenate("noise", "input", "context", Name = "all")]
[Dense(21, Activation = Activation.Sigmoid, Name = "gate")]
[Multiply("gate", "features", "context", Name = "gated")]
[Average("gated", "features", Name = "mean")]
[Slice(3, 9, Input = "mean", Name = "part")]
[Subtract("part", "noise", Name = "difference")]
[Dense(5, Input = "context", Name = "gain")]
[Multiply("input", "gain", Name = "product")]
[Output("product", "difference", "gated", "flags")]
internal sealed partial class Graph : ITestModel<Graph>;
