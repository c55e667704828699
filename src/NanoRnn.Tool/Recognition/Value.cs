using NanoRnn.Tool.Operators;

namespace NanoRnn.Tool.Recognition;

/// <summary>What a network computes: features at every time step, or once a sequence.</summary>
internal abstract class Value(int features, bool isSequence)
{
    /// <summary>How many numbers it has at one step.</summary>
    public int Features { get; } = features;

    /// <summary>Whether it has them at every step of the input.</summary>
    public bool IsSequence { get; } = isSequence;

    /// <summary>What it is computed from.</summary>
    public virtual IReadOnlyList<Value> Sources => [];

    /// <summary>The model's input, as numbers.</summary>
    internal sealed class Input(int features) : Value(features, isSequence: true);

    /// <summary>The model's input, as token ids.</summary>
    internal sealed class Tokens() : Value(1, isSequence: true);

    /// <summary>An input that is the state of recurrent layers before the first step.</summary>
    internal sealed class State(string name, int features, bool isSequence) : Value(features, isSequence)
    {
        public string Name { get; } = name;
    }

    /// <summary>A value of one other.</summary>
    internal abstract class Of(Value source, int features) : Value(features, source.IsSequence)
    {
        public Value Source { get; } = source;

        public override IReadOnlyList<Value> Sources => [Source];
    }

    /// <summary><c>x·W + b</c>.</summary>
    internal sealed class Affine(Value source, double[] kernel, double[]? bias) : Of(source, kernel.Length / source.Features)
    {
        /// <summary>Inputs × outputs.</summary>
        public double[] Kernel { get; } = kernel;

        public double[]? Bias { get; } = bias;
    }

    /// <summary>A convolution over time with an output for every step.</summary>
    internal sealed class Convolution(Value source, double[] kernel, double[]? bias, int kernelSize, int dilation, bool isCausal)
        : Of(source, kernel.Length / kernelSize / source.Features)
    {
        /// <summary>Kernel size × inputs × outputs.</summary>
        public double[] Kernel { get; } = kernel;

        public double[]? Bias { get; } = bias;

        public int KernelSize { get; } = kernelSize;

        public int Dilation { get; } = dilation;

        /// <summary>Whether the zeros of its padding all lie before the first step; else on both sides.</summary>
        public bool IsCausal { get; } = isCausal;
    }

    /// <summary><c>x·f + b</c>, feature by feature.</summary>
    internal sealed class Scale(Value source, double[] factors, double[] offsets) : Of(source, source.Features)
    {
        public double[] Factors { get; } = factors;

        public double[] Offsets { get; } = offsets;
    }

    /// <summary>A function of each feature.</summary>
    internal sealed class Function(Value source, ScalarFunction definition) : Of(source, source.Features)
    {
        public ScalarFunction Definition { get; } = definition;
    }

    internal sealed class Softmax(Value source) : Of(source, source.Features);

    /// <summary>The mean of the features.</summary>
    internal sealed class Mean(Value source) : Of(source, 1);

    /// <summary>A layer normalization.</summary>
    internal sealed class Normalized(Value source, double[] gamma, double[] beta, double epsilon) : Of(source, source.Features)
    {
        public double[] Gamma { get; } = gamma;

        public double[] Beta { get; } = beta;

        public double Epsilon { get; } = epsilon;
    }

    /// <summary>Some features, in any order and any number of times.</summary>
    internal sealed class Select(Value source, int[] indices) : Of(source, indices.Length)
    {
        public int[] Indices { get; } = indices;

        /// <summary>Whether the features follow each other.</summary>
        public bool IsSlice => Indices.Index().All(item => item.Item == Indices[0] + item.Index);
    }

    /// <summary>A sum, difference or product, feature by feature.</summary>
    internal sealed class Merge(MergeKind kind, Value left, Value right) : Value(left.Features, left.IsSequence)
    {
        public MergeKind Kind { get; } = kind;

        public Value Left { get; } = left;

        public Value Right { get; } = right;

        public override IReadOnlyList<Value> Sources => [Left, Right];
    }

    /// <summary>Features side by side.</summary>
    internal sealed class Concatenation(IReadOnlyList<Value> sources) : Value(sources.Sum(source => source.Features), sources[0].IsSequence)
    {
        public override IReadOnlyList<Value> Sources { get; } = sources;
    }

    /// <summary>The last step of a sequence that no recurrent layer has made.</summary>
    internal sealed class Last(Value source) : Value(source.Features, isSequence: false)
    {
        public override IReadOnlyList<Value> Sources { get; } = [source];
    }

    /// <summary>A vector for each token.</summary>
    internal sealed class Embedding(Value source, int dimensions, double[] table) : Of(source, dimensions)
    {
        /// <summary>Tokens × dimensions.</summary>
        public double[] Table { get; } = table;
    }

    /// <summary>A recurrent layer: its outputs in the order of the input's time steps, or what it gives last.</summary>
    internal sealed class Recurrent(Value source, RecurrentLayer layer, bool isSequence) : Value(layer.Features, isSequence)
    {
        public RecurrentLayer Layer { get; } = layer;

        public override IReadOnlyList<Value> Sources { get; } = [source];
    }

    /// <summary>The cell state of an LSTM behind the last step.</summary>
    internal sealed class CellState(Recurrent recurrent) : Of(recurrent, recurrent.Features);
}
