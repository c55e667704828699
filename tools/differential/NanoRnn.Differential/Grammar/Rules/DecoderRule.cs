namespace NanoRnn.Differential.Grammar.Rules;

/// <summary>
/// An encoder, <c>[Decoder]</c>, and a decoder from an embedding of tokens to a softmax over them, which attends to the encoder's steps, or has
/// recurrent layers of the encoder's kinds and sizes, or both.
/// </summary>
internal static class DecoderRule
{
    private const string Value = "\"encoder\"";

    private const string Key = "\"key\"";

    private static readonly ILayerRule[] Between =
        [new DenseRule(), new ActivationRule(), new LambdaRule(), new LayerNormalizationRule(), new DropoutRule()];

    private static readonly RecurrentRule[] Recurrent = [new SimpleRnnRule(), new LstmRule(), new GruRule()];

    public static List<LayerTerm> Write(Dice dice)
    {
        var encoder = new NetworkShape(dice, inDecoder: false);
        var layers = new List<LayerTerm>();
        var attends = dice.Chance(0.5);
        var usesState = !attends || dice.Chance(0.6);
        if (dice.Chance(0.6))
            layers.Add(ModelGrammar.WriteLayer(encoder, new EmbeddingRule(), new MaskingRule()));
        var states = new (RecurrentRule Rule, int Units)[1 + dice.Next(2)];
        for (var i = 0; i < states.Length; i++)
        {
            if (dice.Chance(0.25))
                layers.Add(ModelGrammar.WriteLayer(encoder, Between));
            states[i] = (dice.Pick(Recurrent), dice.Size());
            layers.Add(WriteEncoderLayer(states[i].Rule, states[i].Units, encoder, isSequence: attends || i < states.Length - 1, usesState));
        }

        var size = dice.Size();
        var hasKey = attends && dice.Chance(0.5);
        if (attends)
            layers[^1] = (layers[^1] with { Options = layers[^1].Options.RemoveAll(option => option.Name == "Name") }).With("Name", Value);
        if (hasKey)
            layers.Add(LayerTerm.Of("Dense", size).With("Name", Key));
        var features = encoder.Features;
        var vocabulary = 3 + dice.Next(20);
        var decode = LayerTerm.Of("Decoder", 1, 2).Sometimes(dice, 0.1, "Name", () => "\"decode\"");
        layers.Add(usesState ? decode : decode.With("UseEncoderState", "false"));
        var decoder = new NetworkShape(dice, inDecoder: true) { Count = layers.Count };
        layers.Add(LayerTerm.Of("Embedding", vocabulary, dice.Size()).Sometimes(dice, 0.5, "MaskZero", () => "true"));
        foreach (var (rule, units) in states)
        {
            layers.Add(rule.Write(decoder, usesState ? units : dice.Size()));
            if (!usesState)
                layers[^1] = layers[^1].Sometimes(dice, 0.3, "TrainableInitialState", () => "true");
            decoder.Count = layers.Count;
            if (dice.Chance(0.25))
                layers.Add(ModelGrammar.WriteLayer(decoder, Between));
        }

        if (attends)
            layers.AddRange(WriteAttention(dice, hasKey, hasKey ? size : features));
        layers.Add(LayerTerm.Of("Dense", vocabulary).With("Activation", "Activation.Softmax"));
        return layers;
    }

    /// <summary>A query of the right size, attention, and sometimes both side by side.</summary>
    private static IEnumerable<LayerTerm> WriteAttention(Dice dice, bool hasKey, int features)
    {
        yield return LayerTerm.Of("Dense", features).With("Name", "\"query\"");
        var layer = LayerTerm.Of(dice.Pick("Attention", "AdditiveAttention"), Value).With("Name", "\"context\"");
        yield return hasKey ? layer.With("Key", Key) : layer;
        if (dice.Chance(0.5))
            yield return LayerTerm.Of("Concatenate", "\"context\"", "\"query\"");
    }

    private static LayerTerm WriteEncoderLayer(RecurrentRule rule, int units, NetworkShape shape, bool isSequence, bool usesState)
    {
        var layer = rule.Write(shape, units);
        shape.Count++;
        string[] without = usesState ? ["ReturnSequences", "Direction", "MergeMode"] : ["ReturnSequences"];
        layer = layer with { Options = layer.Options.RemoveAll(option => without.Contains(option.Name)) };
        shape.Features = layer.HasTwoOutputs ? 2 * units : units;
        shape.Steps = isSequence ? NetworkShape.Every : NetworkShape.Once;
        return isSequence ? layer.With("ReturnSequences", "true") : layer;
    }
}
