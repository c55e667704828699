using System.Collections.Immutable;
using NanoRnn.Differential.Grammar.Rules;

namespace NanoRnn.Differential.Grammar;

/// <summary>Random models that the generator takes: any of them that it refuses is a fault, of it or of the grammar.</summary>
internal static class ModelGrammar
{
    private const int MaxLayers = 4;

    /// <summary>Every kind of layer but a decoder, which is two stacks, what reads several, and what stands at a stack's end alone.</summary>
    public static readonly ILayerRule[] Rules =
    [
        new EmbeddingRule(), new MaskingRule(), new SimpleRnnRule(), new LstmRule(), new GruRule(), new CustomRnnRule(),
        new DenseRule(), new ActivationRule(), new LambdaRule(), new LayerNormalizationRule(), new NormalizationRule(), new DropoutRule(), new RepeatVectorRule(),
        new SliceRule(), new Conv1DRule(), new PoolingRule(), new GlobalPoolingRule(), new PositionConvolutionRule(), new PositionPaddingRule(), new PReLURule(), new BatchNormalizationRule(),
    ];

    /// <summary>The model of a seed.</summary>
    public static ModelTerm Write(ulong seed)
    {
        var dice = new Dice(seed);
        var precision = dice.Chance(0.7) ? Precision.Float32 : dice.Pick(Precision.BFloat16, Precision.Float16, Precision.Int8);
        var inputSize = dice.Size();
        var layers = dice.Chance(0.1) ? DecoderRule.Write(dice) : dice.Chance(0.5) ? new GraphGrammar(dice, inputSize).Write() : WriteStack(dice, inputSize);
        return new(inputSize, precision, [.. layers], dice.NextSeed());
    }

    /// <summary>A small model for every activation and function of the user's, so that a search leaves none of them to chance.</summary>
    public static ImmutableArray<ModelTerm> WriteFunctions(ulong seed)
    {
        var dice = new Dice(seed);
        return
        [
            .. Enum.GetNames<Activation>().Select(activation => With("Activation", $"Activation.{activation}")),
            .. UserFunctions.Names.Select(function => With("ActivationMethod", $"\"{function}\"")),
        ];

        ModelTerm With(string option, string value) =>
            new(dice.Size(), Precision.Float32, [LayerTerm.Of("Dense", 1 + dice.Size()).With(option, value)], dice.NextSeed());
    }

    private static List<LayerTerm> WriteStack(Dice dice, int inputSize)
    {
        var shape = new NetworkShape(dice, inDecoder: false, inputSize);
        var layers = new List<LayerTerm>();
        for (var count = 1 + dice.Next(MaxLayers); shape.Count < count || shape.IsMasked || shape.HasWindows || !shape.HasWork;)
            layers.Add(WriteLayer(shape, shape.Count < count ? Rules : [shape.HasWindows ? new LastStateRule() : new GruRule()]));
        var last = new DenormalizationRule();
        if (last.Fits(shape) && dice.Chance(0.15))
            layers.Add(WriteLayer(shape, last));
        return layers;
    }

    /// <summary>One of some rules that fit.</summary>
    public static LayerTerm WriteLayer(NetworkShape shape, params IEnumerable<ILayerRule> rules)
    {
        var fitting = rules.Where(rule => rule.Fits(shape)).ToArray();
        var ticket = shape.Dice.Next(fitting.Sum(rule => rule.Weight));
        var chosen = fitting.First(rule => (ticket -= rule.Weight) < 0);
        var layer = chosen.Write(shape).Sometimes(shape.Dice, 0.05, "Name", () => $"\"layer{shape.Count}\"");
        shape.ReadsInput &= layer.Kind == "Masking";
        if (layer.Kind != "Dropout")
            shape.HasClasses = layer.ToString().Contains("Activation.Softmax", StringComparison.Ordinal);
        shape.Count++;
        return layer;
    }
}
