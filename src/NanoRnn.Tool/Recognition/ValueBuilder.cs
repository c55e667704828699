using NanoRnn.Tool.Operators;

namespace NanoRnn.Tool.Recognition;

/// <summary>Makes values, equal ones once, and in the form that layers have.</summary>
internal sealed class ValueBuilder
{
    private readonly Dictionary<string, Value> _interned = new(StringComparer.Ordinal);
    private readonly Dictionary<Value, Value> _last = [];
    private readonly Dictionary<(Value, int), Value> _firsts = [];
    private readonly Dictionary<object, int> _numbers = new(ReferenceEqualityComparer.Instance);

    public static Value Affine(Value source, double[] kernel, double[]? bias = null)
    {
        // A factor of each input goes into the kernel; what is added to each input does too.
        if (source is Value.Scale scale)
        {
            var outputs = kernel.Length / source.Features;
            var sums = new double[outputs];
            var scaled = new double[kernel.Length];
            for (var i = 0; i < kernel.Length; i++)
            {
                scaled[i] = kernel[i] * scale.Factors[i / outputs];
                sums[i % outputs] += kernel[i] * scale.Offsets[i / outputs];
            }

            return Affine(scale.Source, scaled, Sum(bias, sums));
        }

        return new Value.Affine(source, kernel, bias);
    }

    /// <summary><c>x·f + b</c>, feature by feature.</summary>
    public Value Scale(Value source, double[] factors, double[] offsets)
    {
        if (factors.All(factor => factor == 1) && offsets.All(offset => offset == 0))
            return source;
        switch (source)
        {
            case Value.Scale inner:
                return Scale(inner.Source, [.. inner.Factors.Zip(factors, (a, b) => a * b)], [.. inner.Offsets.Select((offset, i) => offset * factors[i] + offsets[i])]);
            case Value.Affine affine:
                var bias = Sum(affine.Bias?.Select((value, i) => value * factors[i]).ToArray(), offsets);
                return new Value.Affine(affine.Source, [.. affine.Kernel.Select((weight, i) => weight * factors[i % factors.Length])], bias);
            case Value.Convolution convolution:
                return new Value.Convolution(
                    convolution.Source, [.. convolution.Kernel.Select((weight, i) => weight * factors[i % factors.Length])],
                    Sum(convolution.Bias?.Select((value, i) => value * factors[i]).ToArray(), offsets), convolution.Geometry);
            case Value.Normalized normalized:
                return new Value.Normalized(
                    normalized.Source, [.. normalized.Gamma.Zip(factors, (a, b) => a * b)], [.. normalized.Beta.Select((beta, i) => beta * factors[i] + offsets[i])], normalized.Epsilon);
            default:
                return Intern($"scale {Number(source)} {string.Join(',', factors)} {string.Join(',', offsets)}", () => new Value.Scale(source, factors, offsets));
        }
    }

    public Value Function(Value source, ScalarFunction definition) => source is Value.Select { Source.Features: 1 } repeated
        ? Select(Function(repeated.Source, definition), repeated.Indices)
        : Intern($"{definition} {Number(source)}", () => new Value.Function(source, definition));

    public Value SlopedRelu(Value source, double[] slopes) => Intern($"sloped {Number(source)} {string.Join(',', slopes)}", () => new Value.SlopedRelu(source, slopes));

    public Value Pooling(Value source, bool isMaximum, ConvolutionGeometry geometry) =>
        Intern($"pooling {Number(source)} {isMaximum} {geometry}", () => new Value.Pooling(source, isMaximum, geometry));

    public Value GlobalPooling(Value source, bool isMaximum) => Intern($"global pooling {Number(source)} {isMaximum}", () => new Value.GlobalPooling(source, isMaximum));

    /// <summary>A product of two computed matrices: scores of queries and keys, or what is made of values with them.</summary>
    /// <param name="left">Queries, or the softmax of scores.</param>
    /// <param name="right">Keys or values, at every step.</param>
    public Value? Attention(Value left, Value right)
    {
        if (left is not Value.Softmax { Source: var source })
            return null;

        // A factor of all scores is one of the query.
        var factor = 1.0;
        if (source is Value.Scale scale && scale.Offsets.All(offset => offset == 0) && scale.Factors.All(value => value == scale.Factors[0]))
            (source, factor) = (scale.Source, scale.Factors[0]);
        if (source is not Value.Scores scores || scores.Key.Axis != right.Axis || scores.Weights is not null && factor != 1)
            return null;
        var query = Uniform(scores.Query, factor, 0);
        return Intern($"attention {Number(query)} {Number(right)} {Number(scores.Key)} {Number(scores.Weights ?? [])}", () => new Value.Attention(query, right, scores.Key, scores.Weights));
    }

    /// <summary>Scores of queries and keys.</summary>
    /// <param name="query">The queries.</param>
    /// <param name="key">The keys, at every step.</param>
    /// <param name="weights">Of the sum of both, behind its tanh; null if scores are dot products.</param>
    public Value Scores(Value query, Value key, double[]? weights = null) => weights is not null ? new Value.Scores(query, key, weights)
        : Intern($"scores {Number(query)} {Number(key)}", () => new Value.Scores(query, key, null));

    public Value Softmax(Value source) => Intern($"softmax {Number(source)}", () => new Value.Softmax(source));

    public Value Mean(Value source) => Intern($"mean {Number(source)}", () => new Value.Mean(source));

    public static Value Normalized(Value source, double[] gamma, double[] beta, double epsilon) => new Value.Normalized(source, gamma, beta, epsilon);

    public Value Merge(MergeKind kind, Value left, Value right)
    {
        if (left == right)
        {
            return kind switch
            {
                MergeKind.Multiply => Function(left, new ScalarFunction("Square")),
                MergeKind.Add => Uniform(left, 2, 0),
                _ => Uniform(left, 0, 0),
            };
        }

        if (kind == MergeKind.Multiply && (Swish(left, right) ?? Swish(right, left)) is { } swish)
            return swish;
        if (kind == MergeKind.Multiply && (NormalizationPattern.Match(left, right) ?? NormalizationPattern.Match(right, left)) is { } normalized)
            return normalized;
        if (kind == MergeKind.Multiply && (CellPattern.Match(left, right) ?? CellPattern.Match(right, left)) is { } cell)
            return cell;

        // Sums and products are the same either way round.
        var (first, second) = (Number(left), Number(right));
        if (kind != MergeKind.Subtract && first > second)
            (left, right, first, second) = (right, left, second, first);
        return Intern($"{kind} {first} {second}", () => new Value.Merge(kind, left, right));
    }

    public Value Concatenate(IReadOnlyList<Value> sources) => sources.Count == 1 ? sources[0]
        : Intern($"concatenate {string.Join(',', sources.Select(Number))}", () => new Value.Concatenation(sources));

    public Value Select(Value source, int[] indices)
    {
        if (source is Value.Select inner)
            return Select(inner.Source, Array.ConvertAll(indices, index => inner.Indices[index]));
        return indices.Length == source.Features && indices.Index().All(item => item.Item == item.Index) ? source
            : Intern($"select {Number(source)} {string.Join(',', indices)}", () => new Value.Select(source, indices));
    }

    /// <summary>The same factor and offset for all features.</summary>
    public Value Uniform(Value source, double factor, double offset)
    {
        var (factors, offsets) = (new double[source.Features], new double[source.Features]);
        Array.Fill(factors, factor);
        Array.Fill(offsets, offset);
        return Scale(source, factors, offsets);
    }

    /// <summary>The last step of a sequence: by layers that give it, as far down as the last recurrent layers.</summary>
    public Value Last(Value source) => !source.IsSequence ? source
        : _last.TryGetValue(source, out var last) ? last : _last[source] = MakeLast(source);

    /// <summary>The first steps of a convolution's outputs, or of what is made of each of them: a convolution with less beyond the end. Null if they are of others.</summary>
    public Value? First(Value source, int count)
    {
        switch (source)
        {
            case Value.Convolution { Geometry: var geometry } convolution when geometry.Count(convolution.Source.Axis!.Count) - count is var less && geometry.Behind >= less * geometry.Stride:
                // One value of each, so that what reads it reads the same.
                return _firsts.TryGetValue((source, count), out var found) ? found
                    : _firsts[(source, count)] = new Value.Convolution(convolution.Source, convolution.Kernel, convolution.Bias, geometry with { Behind = geometry.Behind - less * geometry.Stride });
            case Value.Scale scale:
                return First(scale.Source, count) is { } scaled ? Scale(scaled, scale.Factors, scale.Offsets) : null;
            case Value.Function function:
                return First(function.Source, count) is { } argument ? Function(argument, function.Definition) : null;
            case Value.SlopedRelu relu:
                return First(relu.Source, count) is { } sloped ? SlopedRelu(sloped, relu.Slopes) : null;
            default:
                return null;
        }
    }

    /// <summary>A recurrent layer's outputs, or its last ones.</summary>
    public Value.Recurrent Recurrent(Value source, RecurrentLayer layer, bool isSequence) =>
        (Value.Recurrent)Intern($"recurrent {Number(source)} {Number(layer)} {isSequence}", () => new Value.Recurrent(source, layer, isSequence));

    private Value MakeLast(Value source) => source switch
    {
        Value.Affine affine => Affine(Last(affine.Source), affine.Kernel, affine.Bias),
        Value.Scale scale => Scale(Last(scale.Source), scale.Factors, scale.Offsets),
        Value.Function function => Function(Last(function.Source), function.Definition),
        Value.Softmax softmax => Softmax(Last(softmax.Source)),
        Value.SlopedRelu relu => SlopedRelu(Last(relu.Source), relu.Slopes),
        Value.Mean mean => Mean(Last(mean.Source)),
        Value.Normalized normalized => Normalized(Last(normalized.Source), normalized.Gamma, normalized.Beta, normalized.Epsilon),
        Value.Select select => Select(Last(select.Source), select.Indices),
        Value.Merge merge => Merge(merge.Kind, Last(merge.Left), Last(merge.Right)),
        Value.Concatenation => Concatenate([.. source.Sources.Select(Last)]),
        Value.Recurrent recurrent => LastOutput.Of(this, recurrent),
        _ => Intern($"last {Number(source)}", () => new Value.Last(source)),
    };

    private static double[] Sum(double[]? left, double[] right) => left is null ? right : [.. left.Zip(right, (a, b) => a + b)];

    private Value? Swish(Value source, Value gate) =>
        gate is Value.Function { Definition.Name: "Sigmoid" } sigmoid && sigmoid.Source == source ? Function(source, Functions.WithDefaults("Swish")) : null;

    private Value Intern(string key, Func<Value> create) => _interned.TryGetValue(key, out var value) ? value : _interned[key] = create();

    private int Number(object value)
    {
        if (!_numbers.TryGetValue(value, out var number))
            _numbers.Add(value, number = _numbers.Count);
        return number;
    }
}
