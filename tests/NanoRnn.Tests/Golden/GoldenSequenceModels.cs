// Written by tests/golden/generate.py; change the cases there.
namespace NanoRnn.Tests.Golden;

/// <summary>The models of the golden cases that take whole sequences, of any lengths.</summary>
internal static class GoldenSequenceModels
{
    public static SequenceRegistry All { get; } = new()
    {
        { () => new Lstm13Last(), m => m.Weights, m => new FloatCalls(m.Predict, m.PredictBatch, m.PredictBatch) },
        { () => new Lstm13Every(), m => m.Weights, m => new FloatCalls(m.Predict, m.PredictBatch, m.PredictBatch) },
        { () => new Gru13Last(), m => m.Weights, m => new FloatCalls(m.Predict, m.PredictBatch, m.PredictBatch) },
        { () => new Gru13Every(), m => m.Weights, m => new FloatCalls(m.Predict, m.PredictBatch, m.PredictBatch) },
        { () => new BidirectionalSimpleRnn3Last(), m => m.Weights, m => new FloatCalls(m.Predict, m.PredictBatch, m.PredictBatch) },
        { () => new BidirectionalSimpleRnn3Every(), m => m.Weights, m => new FloatCalls(m.Predict, m.PredictBatch, m.PredictBatch) },
        { () => new BidirectionalSimpleRnn16Last(), m => m.Weights, m => new FloatCalls(m.Predict, m.PredictBatch, m.PredictBatch) },
        { () => new BidirectionalSimpleRnn16Every(), m => m.Weights, m => new FloatCalls(m.Predict, m.PredictBatch, m.PredictBatch) },
        { () => new BidirectionalSimpleRnn20Last(), m => m.Weights, m => new FloatCalls(m.Predict, m.PredictBatch, m.PredictBatch) },
        { () => new BidirectionalSimpleRnn20Every(), m => m.Weights, m => new FloatCalls(m.Predict, m.PredictBatch, m.PredictBatch) },
        { () => new BidirectionalLstm3Last(), m => m.Weights, m => new FloatCalls(m.Predict, m.PredictBatch, m.PredictBatch) },
        { () => new BidirectionalLstm3Every(), m => m.Weights, m => new FloatCalls(m.Predict, m.PredictBatch, m.PredictBatch) },
        { () => new BidirectionalLstm16Last(), m => m.Weights, m => new FloatCalls(m.Predict, m.PredictBatch, m.PredictBatch) },
        { () => new BidirectionalLstm16Every(), m => m.Weights, m => new FloatCalls(m.Predict, m.PredictBatch, m.PredictBatch) },
        { () => new BidirectionalLstm20Last(), m => m.Weights, m => new FloatCalls(m.Predict, m.PredictBatch, m.PredictBatch) },
        { () => new BidirectionalLstm20Every(), m => m.Weights, m => new FloatCalls(m.Predict, m.PredictBatch, m.PredictBatch) },
        { () => new BidirectionalGru3Last(), m => m.Weights, m => new FloatCalls(m.Predict, m.PredictBatch, m.PredictBatch) },
        { () => new BidirectionalGru3Every(), m => m.Weights, m => new FloatCalls(m.Predict, m.PredictBatch, m.PredictBatch) },
        { () => new BidirectionalGru16Last(), m => m.Weights, m => new FloatCalls(m.Predict, m.PredictBatch, m.PredictBatch) },
        { () => new BidirectionalGru16Every(), m => m.Weights, m => new FloatCalls(m.Predict, m.PredictBatch, m.PredictBatch) },
        { () => new BidirectionalGru20Last(), m => m.Weights, m => new FloatCalls(m.Predict, m.PredictBatch, m.PredictBatch) },
        { () => new BidirectionalGru20Every(), m => m.Weights, m => new FloatCalls(m.Predict, m.PredictBatch, m.PredictBatch) },
        { () => new BidirectionalLstm13Gru7Last(), m => m.Weights, m => new FloatCalls(m.Predict, m.PredictBatch, m.PredictBatch) },
        { () => new EmbeddingLstm(), m => m.Weights, m => new TokenCalls(m.Predict, m.PredictBatch, m.PredictBatch) },
        { () => new EmbeddingMasked(), m => m.Weights, m => new TokenCalls(m.Predict, m.PredictBatch, m.PredictBatch) },
        { () => new NormalizedLstmEvery(), m => m.Weights, m => new FloatCalls(m.Predict, m.PredictBatch, m.PredictBatch) },
        { () => new NormalizedGruStack(), m => m.Weights, m => new FloatCalls(m.Predict, m.PredictBatch, m.PredictBatch) },
        { () => new ActivationLayer(), m => m.Weights, m => new FloatCalls(m.Predict, m.PredictBatch, m.PredictBatch) },
        { () => new Autoencoder(), m => m.Weights, m => new FloatCalls(m.Predict, m.PredictBatch, m.PredictBatch) },
        { () => new ConvValidMaxLstm(), m => m.Weights, m => new FloatCalls(m.Predict, m.PredictBatch, m.PredictBatch) },
        { () => new ConvSameStrides(), m => m.Weights, m => new FloatCalls(m.Predict, m.PredictBatch, m.PredictBatch) },
        { () => new ConvSameDilated(), m => m.Weights, m => new FloatCalls(m.Predict, m.PredictBatch, m.PredictBatch) },
        { () => new ConvEmbeddingMax(), m => m.Weights, m => new TokenCalls(m.Predict, m.PredictBatch, m.PredictBatch) },
        { () => new ConvBidirectional(), m => m.Weights, m => new FloatCalls(m.Predict, m.PredictBatch, m.PredictBatch) },
        { () => new BatchNormalizedLstm(), m => m.Weights, m => new FloatCalls(m.Predict, m.PredictBatch, m.PredictBatch) },
        { () => new BatchNormalizedConv(), m => m.Weights, m => new FloatCalls(m.Predict, m.PredictBatch, m.PredictBatch) },
        { () => new BatchNormalizedStrides(), m => m.Weights, m => new FloatCalls(m.Predict, m.PredictBatch, m.PredictBatch) },
        { () => new Translator(), m => m.Weights },
        { () => new Describer(), m => m.Weights },
        { () => new DotTranslator(), m => m.Weights },
        { () => new AdditiveTranslator(), m => m.Weights },
        { () => new AdditiveDescriber(), m => m.Weights },
        { () => new SelfAttention(), m => m.Weights, m => new FloatCalls(m.Predict, m.PredictBatch, m.PredictBatch) },
        { () => new MaskedLstmGru(), m => m.Weights, m => new FloatCalls(m.Predict, m.PredictBatch, m.PredictBatch) },
    };
}
