using NanoRnn.Tool.Operators;

namespace NanoRnn.Tool.Recognition;

/// <summary>What a network computes: features at every time step, or once a sequence.</summary>
internal abstract class Value(int features, TimeAxis? axis)
{
    /// <summary>How many numbers it has at one step.</summary>
    public int Features { get; } = features;

    /// <summary>The steps at which it has them; null if it is once a sequence.</summary>
    public TimeAxis? Axis { get; } = axis;

    public bool IsSequence => Axis is not null;

    /// <summary>What it is computed from.</summary>
    public virtual IReadOnlyList<Value> Sources => [];

    /// <summary>The model's input, as numbers.</summary>
    internal sealed class Input(int features, TimeAxis axis) : Value(features, axis);

    /// <summary>The model's input, as token ids.</summary>
    internal sealed class Tokens(TimeAxis axis) : Value(1, axis);

    /// <summary>An input that is the state of recurrent layers before the first step.</summary>
    internal sealed class State(string name, int features, TimeAxis? axis) : Value(features, axis)
    {
        public string Name { get; } = name;
    }

    /// <summary>A value of one other.</summary>
    internal abstract class Of(Value source, int features) : Value(features, source.Axis)
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

    /// <summary>A convolution over time.</summary>
    internal sealed class Convolution(Value source, double[] kernel, double[]? bias, ConvolutionGeometry geometry)
        : Value(kernel.Length / geometry.KernelSize / source.Features, source.Axis!.Over(geometry))
    {
        public Value Source { get; } = source;

        public override IReadOnlyList<Value> Sources => [Source];

        /// <summary>Kernel size × inputs × outputs.</summary>
        public double[] Kernel { get; } = kernel;

        public double[]? Bias { get; } = bias;

        public ConvolutionGeometry Geometry { get; } = geometry;
    }

    /// <summary>The largest or the mean of some steps, feature by feature.</summary>
    internal sealed class Pooling(Value source, bool isMaximum, ConvolutionGeometry geometry) : Value(source.Features, source.Axis!.Over(geometry))
    {
        public override IReadOnlyList<Value> Sources { get; } = [source];

        public bool IsMaximum { get; } = isMaximum;

        public ConvolutionGeometry Geometry { get; } = geometry;
    }

    /// <summary>The largest or the mean of all steps, feature by feature.</summary>
    internal sealed class GlobalPooling(Value source, bool isMaximum) : Value(source.Features, null)
    {
        public override IReadOnlyList<Value> Sources { get; } = [source];

        public bool IsMaximum { get; } = isMaximum;
    }

    /// <summary>Each feature, where it is negative times a slope of its own.</summary>
    internal sealed class SlopedRelu(Value source, double[] slopes) : Of(source, source.Features)
    {
        public double[] Slopes { get; } = slopes;
    }

    /// <summary>How well queries go together with the keys of all steps, one number for each of them; before a softmax.</summary>
    internal sealed class Scores(Value query, Value key, double[]? weights) : Value(key.Axis!.Count, query.Axis)
    {
        public Value Query { get; } = query;

        public Value Key { get; } = key;

        /// <summary>Of the sum of query and key, behind its tanh; null if scores are dot products.</summary>
        public double[]? Weights { get; } = weights;

        public override IReadOnlyList<Value> Sources => [Query, Key];
    }

    /// <summary>Means of values, weighed by the softmax of scores.</summary>
    internal sealed class Attention(Value query, Value value, Value key, double[]? weights) : Value(value.Features, query.Axis)
    {
        /// <summary>As of <see cref="Scores"/>.</summary>
        public double[]? Weights { get; } = weights;

        /// <summary>Query, values and keys.</summary>
        public override IReadOnlyList<Value> Sources { get; } = [query, value, key];
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
    internal sealed class Merge(MergeKind kind, Value left, Value right) : Value(left.Features, left.Axis)
    {
        public MergeKind Kind { get; } = kind;

        public Value Left { get; } = left;

        public Value Right { get; } = right;

        public override IReadOnlyList<Value> Sources => [Left, Right];
    }

    /// <summary>Features side by side.</summary>
    internal sealed class Concatenation(IReadOnlyList<Value> sources) : Value(sources.Sum(source => source.Features), sources[0].Axis)
    {
        public override IReadOnlyList<Value> Sources { get; } = sources;
    }

    /// <summary>The last step of a sequence that no recurrent layer has made.</summary>
    internal sealed class Last(Value source) : Value(source.Features, null)
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
    internal sealed class Recurrent(Value source, RecurrentLayer layer, bool isSequence) : Value(layer.Features, isSequence ? source.Axis : null)
    {
        public RecurrentLayer Layer { get; } = layer;

        public override IReadOnlyList<Value> Sources { get; } = [source];
    }

    /// <summary>The cell state of an LSTM behind the last step.</summary>
    internal sealed class CellState(Recurrent recurrent) : Of(recurrent, recurrent.Features);
}
