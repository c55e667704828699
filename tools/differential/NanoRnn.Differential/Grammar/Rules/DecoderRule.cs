namespace NanoRnn.Differential.Grammar.Rules;

/// <summary>
/// An encoder, <c>[Decoder]</c>, and a decoder whose recurrent layers are of the encoder's kinds and sizes, from an embedding of tokens to a
/// softmax over them.
/// </summary>
internal static class DecoderRule
{
    private static readonly ILayerRule[] Between =
        [new DenseRule(), new ActivationRule(), new LambdaRule(), new LayerNormalizationRule(), new DropoutRule()];

    private static readonly RecurrentRule[] Recurrent = [new SimpleRnnRule(), new LstmRule(), new GruRule()];

    public static List<LayerTerm> Write(Dice dice)
    {
        var encoder = new NetworkShape(dice, inDecoder: false);
        var layers = new List<LayerTerm>();
        if (dice.Chance(0.6))
            layers.Add(ModelGrammar.WriteLayer(encoder, new EmbeddingRule(), new MaskingRule()));
        var states = new (RecurrentRule Rule, int Units)[1 + dice.Next(2)];
        for (var i = 0; i < states.Length; i++)
        {
            if (dice.Chance(0.25))
                layers.Add(ModelGrammar.WriteLayer(encoder, Between));
            states[i] = (dice.Pick(Recurrent), dice.Size());
            layers.Add(WriteEncoderLayer(states[i].Rule, states[i].Units, encoder, isLast: i == states.Length - 1));
        }

        var vocabulary = 3 + dice.Next(20);
        layers.Add(LayerTerm.Of("Decoder", 1, 2).Sometimes(dice, 0.1, "Name", () => "\"decode\""));
        var decoder = new NetworkShape(dice, inDecoder: true) { Count = layers.Count };
        layers.Add(LayerTerm.Of("Embedding", vocabulary, dice.Size()).Sometimes(dice, 0.5, "MaskZero", () => "true"));
        foreach (var (rule, units) in states)
        {
            layers.Add(rule.Write(decoder, units));
            decoder.Count = layers.Count;
            if (dice.Chance(0.25))
                layers.Add(ModelGrammar.WriteLayer(decoder, Between));
        }

        layers.Add(LayerTerm.Of("Dense", vocabulary).With("Activation", "Activation.Softmax"));
        return layers;
    }

    /// <summary>In one direction, with outputs at every step but for the last layer.</summary>
    private static LayerTerm WriteEncoderLayer(RecurrentRule rule, int units, NetworkShape shape, bool isLast)
    {
        var layer = rule.Write(shape, units);
        shape.Count++;
        layer = layer with
        {
            Options = layer.Options.RemoveAll(option => option.Name is "ReturnSequences" or "Direction" or "MergeMode"),
        };
        shape.Steps = isLast ? NetworkShape.Once : NetworkShape.Every;
        return isLast ? layer : layer.With("ReturnSequences", "true");
    }
}
