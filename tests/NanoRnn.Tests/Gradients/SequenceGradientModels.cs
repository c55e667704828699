using NanoRnn.Tests.Golden;

namespace NanoRnn.Tests.Gradients;

/// <summary>The models of whole sequences whose gradients are checked, so small that differences of every weight are cheap.</summary>
internal static class SequenceGradientModels
{
    public static SequenceRegistry All { get; } = new()
    {
        { () => new LstmSum(), m => m.Weights, m => new FloatCalls(m.Predict, m.PredictBatch, m.PredictBatch) },
        { () => new GruMultiply(), m => m.Weights, m => new FloatCalls(m.Predict, m.PredictBatch, m.PredictBatch) },
        { () => new SimpleRnnAverage(), m => m.Weights, m => new FloatCalls(m.Predict, m.PredictBatch, m.PredictBatch) },
        { () => new GruBeforeConcat(), m => m.Weights, m => new FloatCalls(m.Predict, m.PredictBatch, m.PredictBatch) },
        { () => new BackwardsStack(), m => m.Weights, m => new FloatCalls(m.Predict, m.PredictBatch, m.PredictBatch) },
        { () => new MaskedTokensLast(), m => m.Weights, m => new TokenCalls(m.Predict, m.PredictBatch, m.PredictBatch) },
        { () => new MaskedTokensEvery(), m => m.Weights, m => new TokenCalls(m.Predict, m.PredictBatch, m.PredictBatch) },
        { () => new MaskedFeatures(), m => m.Weights, m => new FloatCalls(m.Predict, m.PredictBatch, m.PredictBatch) },
        { () => new MaskedSeventeen(), m => m.Weights, m => new FloatCalls(m.Predict, m.PredictBatch, m.PredictBatch) },
        { () => new MaskedBackwards(), m => m.Weights, m => new FloatCalls(m.Predict, m.PredictBatch, m.PredictBatch) },
        { () => new MaskedTokensToTokens(), m => m.Weights },
        { () => new Normalized(), m => m.Weights, m => new FloatCalls(m.Predict, m.PredictBatch, m.PredictBatch) },
        { () => new ScaledLast(), m => m.Weights, m => new FloatCalls(m.Predict, m.PredictBatch, m.PredictBatch) },
        { () => new ScaledEvery(), m => m.Weights, m => new FloatCalls(m.Predict, m.PredictBatch, m.PredictBatch) },
        { () => new Activated(), m => m.Weights, m => new FloatCalls(m.Predict, m.PredictBatch, m.PredictBatch) },
        { () => new Repeated(), m => m.Weights, m => new FloatCalls(m.Predict, m.PredictBatch, m.PredictBatch) },
        { () => new TokensToTokens(), m => m.Weights },
        { () => new MaskedBatches(), m => m.Weights, m => new FloatCalls(m.Predict, m.PredictBatch, m.PredictBatch) },
        { () => new BatchesInGraph(), m => m.Weights, m => new FloatCalls(m.Predict, m.PredictBatch, m.PredictBatch) },
        { () => new DroppedLstm(), m => m.Weights, m => new FloatCalls(m.Predict, m.PredictBatch, m.PredictBatch) },
        { () => new DroppedGru(), m => m.Weights, m => new FloatCalls(m.Predict, m.PredictBatch, m.PredictBatch) },
        { () => new DroppedSimpleRnn(), m => m.Weights, m => new FloatCalls(m.Predict, m.PredictBatch, m.PredictBatch) },
        { () => new DroppedFeatures(), m => m.Weights, m => new FloatCalls(m.Predict, m.PredictBatch, m.PredictBatch) },
        { () => new MaskedGraph(), m => m.Weights, m => new FloatCalls(m.Predict, m.PredictBatch, m.PredictBatch) },
        { () => new MaskedTokensGraph(), m => m.Weights, m => new TokenCalls(m.Predict, m.PredictBatch, m.PredictBatch) },
        { () => new ScaledGraph(), m => m.Weights, m => new FloatCalls(m.Predict, m.PredictBatch, m.PredictBatch) },
        { () => new RepeatedGraph(), m => m.Weights, m => new FloatCalls(m.Predict, m.PredictBatch, m.PredictBatch) },
    };
}
