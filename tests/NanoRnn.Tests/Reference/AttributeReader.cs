using System.Reflection;

namespace NanoRnn.Tests.Reference;

/// <summary>Reads a model class: nothing but its attributes.</summary>
internal static class AttributeReader
{
    public static int InputSizeOf(Type model) => model.GetCustomAttribute<RnnModelAttribute>()!.InputSize;

    /// <summary>The layers, which the compiler stores in source order.</summary>
    public static IEnumerable<LayerDescription> LayersOf(Type model) =>
        model.GetCustomAttributes<LayerAttribute>(inherit: false).Select(layer => Describe(layer) with { Name = layer.Name });

    private static LayerDescription Describe(LayerAttribute attribute) => attribute switch
    {
        DenseAttribute dense => new DenseDescription(dense.Units) { Activation = dense.Activation, UseBias = dense.UseBias },
        SimpleRnnAttribute simpleRnn => Recurrent(new SimpleRnnDescription(simpleRnn.Units), simpleRnn),
        LstmAttribute lstm => Recurrent(
            new LstmDescription(lstm.Units) { RecurrentActivation = lstm.RecurrentActivation }, lstm),
        GruAttribute gru => Recurrent(
            new GruDescription(gru.Units) { RecurrentActivation = gru.RecurrentActivation, ResetAfter = gru.ResetAfter }, gru),
        CustomRnnAttribute own => Recurrent(
            new OwnCellDescription(own.Cell, own.Units) { RecurrentActivation = own.RecurrentActivation }, own),
        EmbeddingAttribute embedding =>
            new EmbeddingDescription(embedding.Vocabulary, embedding.Dimensions) { MaskZero = embedding.MaskZero },
        MaskingAttribute masking => new MaskingDescription { MaskValue = masking.MaskValue },
        DropoutAttribute => new DropoutDescription(),
        ActivationAttribute activation => new ActivationDescription(activation.Activation),
        LayerNormalizationAttribute normalization => new NormalizationDescription { Epsilon = normalization.Epsilon },
        RepeatVectorAttribute repeat => new RepeatDescription(repeat.Count),
        DecoderAttribute decoder => new DecoderDescription(decoder.StartToken, decoder.EndToken),
        _ => throw new NotSupportedException($"The reference has no {attribute.GetType().Name}."),
    };

    private static RecurrentDescription Recurrent(RecurrentDescription description, RecurrentLayerAttribute attribute) =>
        description with
        {
            Activation = attribute.Activation,
            UseBias = attribute.UseBias,
            ReturnSequences = attribute.ReturnSequences,
            GoBackwards = attribute.GoBackwards,
            Merge = attribute.Direction == Direction.Bidirectional ? Enum.Parse<ReferenceMerge>(attribute.MergeMode.ToString()) : null,
        };
}
