using System.Reflection;

namespace NanoRnn.Reference;

/// <summary>Reads a model class: nothing but its attributes, and the twins of its functions (<see cref="ReferenceFunction.TwinOf"/>).</summary>
internal static class AttributeReader
{
    public static int InputSizeOf(Type model) => SourceOf(model).GetCustomAttribute<RnnModelAttribute>()!.InputSize;

    /// <summary>The layers, which the compiler stores in source order, and behind them one that puts outputs that have names side by side.</summary>
    public static IEnumerable<LayerDescription> LayersOf(Type model)
    {
        var source = SourceOf(model);
        var layers = source.GetCustomAttributes<LayerAttribute>(inherit: false).Select(layer => Describe(source, layer) with
        {
            Name = layer.Name,
            Inputs = InputsOf(layer),
        });
        return source.GetCustomAttribute<OutputAttribute>(inherit: false) is { } output
            ? layers.Append(new ConcatenateDescription { Inputs = output.Outputs })
            : layers;
    }

    private static IReadOnlyList<string?>? InputsOf(LayerAttribute layer) => layer switch
    {
        MergeLayerAttribute merge => merge.Inputs,
        AttentionLayerAttribute attention => (IReadOnlyList<string?>)[layer.Input, attention.Value, attention.Key ?? attention.Value],
        { Input: { } input } => [input],
        _ => null,
    };

    private static Type SourceOf(Type model) => model.GetCustomAttribute<RnnModelAttribute>()!.LayersOf ?? model;

    private static LayerDescription Describe(Type model, LayerAttribute attribute) => attribute switch
    {
        DenseAttribute dense => new DenseDescription(dense.Units)
        {
            Activation = dense.Activation,
            ActivationMethod = ReferenceFunction.TwinOf(model, dense.ActivationMethod),
            UseBias = dense.UseBias,
        },
        Conv1DAttribute convolution => new Conv1DDescription(convolution.Units, convolution.KernelSize)
        {
            Strides = convolution.Strides,
            DilationRate = convolution.DilationRate,
            Padding = convolution.Padding,
            Groups = convolution.Groups,
            Positions = convolution.Positions,
            Activation = convolution.Activation,
            ActivationMethod = ReferenceFunction.TwinOf(model, convolution.ActivationMethod),
            UseBias = convolution.UseBias,
        },
        ZeroPadding1DAttribute padding => new ZeroPaddingDescription(padding.Before, padding.Behind) { Positions = padding.Positions },
        ReflectionPadding1DAttribute padding => new ReflectionPaddingDescription(padding.Before, padding.Behind) { Positions = padding.Positions },
        PReLUAttribute => new PReLUDescription(),
        MaxPooling1DAttribute pooling =>
            new MaxPoolingDescription(pooling.PoolSize) { Strides = pooling.Strides == 0 ? null : pooling.Strides, Padding = pooling.Padding },
        AveragePooling1DAttribute pooling =>
            new AveragePoolingDescription(pooling.PoolSize) { Strides = pooling.Strides == 0 ? null : pooling.Strides, Padding = pooling.Padding },
        GlobalMaxPooling1DAttribute => new GlobalMaxPoolingDescription(),
        GlobalAveragePooling1DAttribute => new GlobalAveragePoolingDescription(),
        SimpleRnnAttribute simpleRnn => Recurrent(new SimpleRnnDescription(simpleRnn.Units), model, simpleRnn),
        LstmAttribute lstm => Gated(new LstmDescription(lstm.Units), model, lstm, lstm.RecurrentActivation, lstm.RecurrentActivationMethod),
        GruAttribute gru => Gated(
            new GruDescription(gru.Units) { ResetAfter = gru.ResetAfter }, model, gru, gru.RecurrentActivation, gru.RecurrentActivationMethod),
        CustomRnnAttribute own => Gated(
            new OwnCellDescription(own.Cell, own.Units), model, own, own.RecurrentActivation, own.RecurrentActivationMethod),
        EmbeddingAttribute embedding =>
            new EmbeddingDescription(embedding.Vocabulary, embedding.Dimensions) { MaskZero = embedding.MaskZero },
        MaskingAttribute masking => new MaskingDescription { MaskValue = (float)masking.MaskValue },
        DropoutAttribute => new DropoutDescription(),
        ActivationAttribute activation => new ActivationDescription(activation.Activation),
        LambdaAttribute lambda => new LambdaDescription(ReferenceFunction.TwinOf(model, lambda.Method)!),
        LayerNormalizationAttribute normalization => new NormalizationDescription { Epsilon = (float)normalization.Epsilon },
        BatchNormalizationAttribute normalization => new BatchNormalizationDescription
        {
            Momentum = (float)normalization.Momentum,
            Epsilon = (float)normalization.Epsilon,
            Scale = normalization.Scale,
            Center = normalization.Center,
        },
        NormalizationAttribute normalization => new ScalingDescription(IsInverse: false, normalization.Kind == NormalizationKind.MinMax),
        DenormalizationAttribute normalization => new ScalingDescription(IsInverse: true, normalization.Kind == NormalizationKind.MinMax),
        RepeatVectorAttribute repeat => new RepeatDescription(repeat.Count),
        DecoderAttribute decoder => new DecoderDescription(decoder.StartToken, decoder.EndToken) { UseEncoderState = decoder.UseEncoderState },
        AttentionAttribute => new AttentionDescription(),
        AdditiveAttentionAttribute => new AdditiveAttentionDescription(),
        SliceAttribute slice => new SliceDescription(slice.Start, slice.Length),
        ConcatenateAttribute => new ConcatenateDescription(),
        AddAttribute => new MergeDescription("add", (a, b) => a + b),
        SubtractAttribute => new MergeDescription("subtract", (a, b) => a - b),
        MultiplyAttribute => new MergeDescription("multiply", (a, b) => a * b),
        AverageAttribute => new MergeDescription("average", (a, b) => a + b) { IsMean = true },
        _ => throw new NotSupportedException($"The reference has no {attribute.GetType().Name}."),
    };

    private static RecurrentDescription Gated(
        RecurrentDescription description, Type model, RecurrentLayerAttribute attribute, Activation gates, string? gatesMethod) =>
        Recurrent(description, model, attribute) with
        {
            RecurrentActivation = gates,
            RecurrentActivationMethod = ReferenceFunction.TwinOf(model, gatesMethod),
        };

    private static RecurrentDescription Recurrent(RecurrentDescription description, Type model, RecurrentLayerAttribute attribute) =>
        description with
        {
            Activation = attribute.Activation,
            ActivationMethod = ReferenceFunction.TwinOf(model, attribute.ActivationMethod),
            UseBias = attribute.UseBias,
            ReturnSequences = attribute.ReturnSequences,
            GoBackwards = attribute.GoBackwards,
            TrainableInitialState = attribute.TrainableInitialState,
            Merge = attribute.Direction == Direction.Bidirectional ? Enum.Parse<ReferenceMerge>(attribute.MergeMode.ToString()) : null,
        };
}
