#pragma warning disable CA1000 // The contract is made of static members.

using System.Collections.Immutable;
using NanoRnn.CompilerServices;

namespace NanoRnn.Tests.Runtime;

/// <summary>What a <see cref="FakeModel{TConfiguration}"/> computes.</summary>
public interface IFakeConfiguration
{
    static abstract int InputSize { get; }

    static abstract int OutputSize { get; }

    static abstract bool ReturnsSequences { get; }

    static abstract Activation Activation { get; }
}

/// <summary>
/// A model written by hand, as simple as the contract allows: <c>activation(x·W + b)</c> of the last time step, or of every
/// one. Its weights are packed like a real layer's, with padding lanes.
/// </summary>
public sealed class FakeModel<TConfiguration>(AlignedBuffer weights) : IRnnModel<FakeModel<TConfiguration>>
    where TConfiguration : IFakeConfiguration
{
    private static readonly int Slots = TConfiguration.InputSize + 1;

    public static ModelLayout Layout { get; } = CreateLayout();

    public AlignedBuffer PackedWeights { get; } = weights;

    public WeightCollection Weights { get; } = new(Layout, weights);

    private static TensorLayout Kernel => Layout.Tensors[0];

    private static TensorLayout Bias => Layout.Tensors[1];

    public static FakeModel<TConfiguration> Create(AlignedBuffer weights) => new(weights);

    public static FakeModel<TConfiguration> Create(int seed = 1)
    {
        var weights = new AlignedBuffer(Layout.WeightLength);
        ModelInitializer.Initialize(Layout, weights, seed);
        return new FakeModel<TConfiguration>(weights);
    }

    /// <summary>The outputs for sequences of equal length.</summary>
    public float[] Predict(ReadOnlySpan<float> sequences, int timeSteps)
    {
        var steps = Layout.ReturnsSequences ? timeSteps : 1;
        var rows = sequences.Length / (timeSteps * Layout.InputSize);
        var outputs = new float[rows * steps * Layout.OutputSize];
        for (var row = 0; row < rows; row++)
        {
            for (var step = 0; step < steps; step++)
            {
                var time = timeSteps - steps + step;
                Activate(
                    PackedWeights.Span,
                    sequences.Slice((row * timeSteps + time) * Layout.InputSize, Layout.InputSize),
                    outputs.AsSpan((row * steps + step) * Layout.OutputSize, Layout.OutputSize));
            }
        }

        return outputs;
    }

    public static long GetTapeLength(int rows, int timeSteps, int targetSteps) =>
        (long)rows * (Layout.ReturnsSequences ? timeSteps : 1) * Layout.OutputSize;

    public static void Transpose(in float weights, ref float transposed) => transposed = weights;

    public static void Forward(TrainingWorkspace workspace, int firstRow, int endRow)
    {
        ForEach(workspace, firstRow, endRow, static (workspace, input, output) => Activate(
            workspace.Weights.Span,
            workspace.Inputs.Span.Slice(input, Layout.InputSize),
            workspace.Outputs.Span.Slice(output, Layout.OutputSize)));
    }

    public static void Backward(TrainingWorkspace workspace, int firstRow, int endRow)
    {
        if (!workspace.Weights.Span[0].Equals(workspace.Transposed.Span[0]))
            throw new InvalidOperationException("The transposed copy is not the current weights.");
        ForEach(workspace, firstRow, endRow, static (workspace, _, output) =>
        {
            var gradient = workspace.OutputGradients.Span.Slice(output, Layout.OutputSize);
            var y = workspace.Outputs.Span.Slice(output, Layout.OutputSize);
            var tape = workspace.Tape.Span.Slice(output, Layout.OutputSize);
            var mean = 0f;
            for (var i = 0; i < y.Length; i++)
                mean += gradient[i] * y[i];
            for (var i = 0; i < y.Length; i++)
            {
                tape[i] = gradient[i] * (workspace.OutputGradientsArePreActivation ? 1 : Layout.OutputActivation switch
                {
                    Activation.Sigmoid => y[i] * (1 - y[i]),
                    _ => 1,
                });
                if (!workspace.OutputGradientsArePreActivation && Layout.OutputActivation == Activation.Softmax)
                    tape[i] = y[i] * (gradient[i] - mean);
            }
        });
    }

    public static void ComputeGradients(TrainingWorkspace workspace, int firstPiece, int endPiece)
    {
        workspace.Gradients.Span.Clear();
        ForEach(workspace, 0, workspace.Rows, static (workspace, input, output) =>
        {
            var gradients = workspace.Gradients.Span;
            for (var o = 0; o < Layout.OutputSize; o++)
            {
                var gradient = workspace.Tape.Span[output + o];
                gradients[Bias.IndexOf(0, o)] += gradient;
                for (var i = 0; i < Layout.InputSize; i++)
                    gradients[Kernel.IndexOf(i, o)] += gradient * workspace.Inputs.Span[input + i];
            }
        });
    }

    private static void Activate(ReadOnlySpan<float> weights, ReadOnlySpan<float> x, Span<float> y)
    {
        for (var o = 0; o < y.Length; o++)
        {
            y[o] = weights[Bias.IndexOf(0, o)];
            for (var i = 0; i < x.Length; i++)
                y[o] += x[i] * weights[Kernel.IndexOf(i, o)];
        }

        var total = 0f;
        foreach (ref var value in y)
        {
            value = Layout.OutputActivation switch
            {
                Activation.Sigmoid => 1 / (1 + MathF.Exp(-value)),
                Activation.Softmax => MathF.Exp(value),
                _ => value,
            };
            total += value;
        }

        if (Layout.OutputActivation == Activation.Softmax)
        {
            foreach (ref var value in y)
                value /= total;
        }
    }

    private static void ForEach(
        TrainingWorkspace workspace, int firstRow, int endRow, Action<TrainingWorkspace, int, int> action)
    {
        var steps = Layout.ReturnsSequences ? workspace.TimeSteps : 1;
        for (var row = firstRow; row < endRow; row++)
        {
            for (var step = 0; step < steps; step++)
            {
                var time = workspace.TimeSteps - steps + step;
                action(
                    workspace,
                    (time * workspace.Rows + row) * Layout.InputSize,
                    (row * steps + step) * Layout.OutputSize);
            }
        }
    }

    private static ModelLayout CreateLayout()
    {
        const int Lanes = 4;
        Assert.InRange(TConfiguration.OutputSize, 1, Lanes);
        return new ModelLayout
        {
            ModelName = "Fake",
            InputSize = TConfiguration.InputSize,
            OutputSize = TConfiguration.OutputSize,
            ReturnsSequences = TConfiguration.ReturnsSequences,
            StateLength = 0,
            IsStreamable = true,
            OutputActivation = TConfiguration.Activation,
            OutputRange = TConfiguration.Activation is Activation.Sigmoid or Activation.Softmax ? OutputRange.Probability : OutputRange.Any,
            OutputLayer = $"'dense' (Dense with {TConfiguration.Activation})",
            WeightLength = (Lanes * Slots + 15) / 16 * 16,
            TransposedLength = 16,
            GradientPieces = 1,
            Tensors =
            [
                CreateTensor("dense.kernel", [TConfiguration.InputSize, TConfiguration.OutputSize], 1, Initializer.GlorotUniform),
                CreateTensor("dense.bias", [TConfiguration.OutputSize], 0, Initializer.Zeros),
            ],
        };
    }

    private static BlockedTensorLayout CreateTensor(
        string name, ImmutableArray<int> shape, int slot, Initializer initializer) => new()
        {
            Name = name,
            Shape = shape,
            Initializer = initializer,
            Offset = 0,
            Units = TConfiguration.OutputSize,
            SlotsPerBlock = Slots,
            GateSlots = [slot],
            RowStrides = [1],
        };
}

/// <summary>Two features, one linear output.</summary>
public sealed class Regression : IFakeConfiguration
{
    public static int InputSize => 2;

    public static int OutputSize => 1;

    public static bool ReturnsSequences => false;

    public static Activation Activation => Activation.Linear;
}

/// <summary>Two features, one probability.</summary>
public sealed class Binary : IFakeConfiguration
{
    public static int InputSize => 2;

    public static int OutputSize => 1;

    public static bool ReturnsSequences => false;

    public static Activation Activation => Activation.Sigmoid;
}

/// <summary>One feature, three classes at every time step.</summary>
public sealed class Tagger : IFakeConfiguration
{
    public static int InputSize => 1;

    public static int OutputSize => 3;

    public static bool ReturnsSequences => true;

    public static Activation Activation => Activation.Softmax;
}

/// <summary>Two features, three linear outputs.</summary>
public sealed class MultiOutput : IFakeConfiguration
{
    public static int InputSize => 2;

    public static int OutputSize => 3;

    public static bool ReturnsSequences => false;

    public static Activation Activation => Activation.Linear;
}

/// <summary>Two features, three outputs between −1 and 1.</summary>
public sealed class Bounded : IFakeConfiguration
{
    public static int InputSize => 2;

    public static int OutputSize => 3;

    public static bool ReturnsSequences => false;

    public static Activation Activation => Activation.Tanh;
}
