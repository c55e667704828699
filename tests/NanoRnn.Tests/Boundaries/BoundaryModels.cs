using NanoRnn.Tests.Golden;

namespace NanoRnn.Tests.Boundaries;

/// <summary>A model of each family.</summary>
internal static class BoundaryModels
{
    public static SequenceRegistry All { get; } = new()
    {
        { () => new StackedLast(), m => m.Weights, m => new FloatCalls(m.Predict, m.PredictBatch, m.PredictBatch) },
        { () => new StackedEvery(), m => m.Weights, m => new FloatCalls(m.Predict, m.PredictBatch, m.PredictBatch) },
        { () => new BidirectionalEvery(), m => m.Weights, m => new FloatCalls(m.Predict, m.PredictBatch, m.PredictBatch) },
        { () => new BidirectionalLast(), m => m.Weights, m => new FloatCalls(m.Predict, m.PredictBatch, m.PredictBatch) },
        { () => new BackwardsEvery(), m => m.Weights, m => new FloatCalls(m.Predict, m.PredictBatch, m.PredictBatch) },
        { () => new MaskedEvery(), m => m.Weights, m => new FloatCalls(m.Predict, m.PredictBatch, m.PredictBatch) },
        { () => new MaskedLast(), m => m.Weights, m => new FloatCalls(m.Predict, m.PredictBatch, m.PredictBatch) },
        { () => new EmbeddedEvery(), m => m.Weights, m => new TokenCalls(m.Predict, m.PredictBatch, m.PredictBatch) },
        { () => new NormalizedEvery(), m => m.Weights, m => new FloatCalls(m.Predict, m.PredictBatch, m.PredictBatch) },
        { () => new ScaledEvery(), m => m.Weights, m => new FloatCalls(m.Predict, m.PredictBatch, m.PredictBatch) },
        { () => new DenseOnly(), m => m.Weights, m => new FloatCalls(m.Predict, m.PredictBatch, m.PredictBatch) },
        { () => new OwnEvery(), m => m.Weights, m => new FloatCalls(m.Predict, m.PredictBatch, m.PredictBatch) },
        { () => new RepeatedSeventeen(), m => m.Weights, m => new FloatCalls(m.Predict, m.PredictBatch, m.PredictBatch) },
        { () => new GraphEvery(), m => m.Weights, m => new FloatCalls(m.Predict, m.PredictBatch, m.PredictBatch) },
        { () => new Decoded(), m => m.Weights },
        { () => new DroppedEvery(), m => m.Weights, m => new FloatCalls(m.Predict, m.PredictBatch, m.PredictBatch) },
    };
}
