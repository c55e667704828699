// Written by tests/golden/generate.py; change the cases there.
namespace NanoRnn.Tests.Golden;

[RnnModel(InputSize = 2)] [SimpleRnn(3, Direction = Direction.Bidirectional)] [Dense(1)] internal sealed partial class BidirectionalSimpleRnn3Last;
[RnnModel(InputSize = 3)] [SimpleRnn(3, Direction = Direction.Bidirectional, ReturnSequences = true)] [Dense(2)] internal sealed partial class BidirectionalSimpleRnn3Every;
[RnnModel(InputSize = 3)] [SimpleRnn(16, Direction = Direction.Bidirectional)] [Dense(1)] internal sealed partial class BidirectionalSimpleRnn16Last;
[RnnModel(InputSize = 1)] [SimpleRnn(16, Direction = Direction.Bidirectional, ReturnSequences = true)] [Dense(2)] internal sealed partial class BidirectionalSimpleRnn16Every;
[RnnModel(InputSize = 1)] [SimpleRnn(20, Direction = Direction.Bidirectional)] [Dense(1)] internal sealed partial class BidirectionalSimpleRnn20Last;
[RnnModel(InputSize = 2)] [SimpleRnn(20, Direction = Direction.Bidirectional, ReturnSequences = true)] [Dense(2)] internal sealed partial class BidirectionalSimpleRnn20Every;
[RnnModel(InputSize = 2)] [Lstm(3, Direction = Direction.Bidirectional)] [Dense(1)] internal sealed partial class BidirectionalLstm3Last;
[RnnModel(InputSize = 3)] [Lstm(3, Direction = Direction.Bidirectional, ReturnSequences = true)] [Dense(2)] internal sealed partial class BidirectionalLstm3Every;
[RnnModel(InputSize = 3)] [Lstm(16, Direction = Direction.Bidirectional)] [Dense(1)] internal sealed partial class BidirectionalLstm16Last;
[RnnModel(InputSize = 1)] [Lstm(16, Direction = Direction.Bidirectional, ReturnSequences = true)] [Dense(2)] internal sealed partial class BidirectionalLstm16Every;
[RnnModel(InputSize = 1)] [Lstm(20, Direction = Direction.Bidirectional)] [Dense(1)] internal sealed partial class BidirectionalLstm20Last;
[RnnModel(InputSize = 2)] [Lstm(20, Direction = Direction.Bidirectional, ReturnSequences = true)] [Dense(2)] internal sealed partial class BidirectionalLstm20Every;
[RnnModel(InputSize = 2)] [Gru(3, Direction = Direction.Bidirectional)] [Dense(1)] internal sealed partial class BidirectionalGru3Last;
[RnnModel(InputSize = 3)] [Gru(3, Direction = Direction.Bidirectional, ReturnSequences = true)] [Dense(2)] internal sealed partial class BidirectionalGru3Every;
[RnnModel(InputSize = 3)] [Gru(16, Direction = Direction.Bidirectional)] [Dense(1)] internal sealed partial class BidirectionalGru16Last;
[RnnModel(InputSize = 1)] [Gru(16, Direction = Direction.Bidirectional, ReturnSequences = true)] [Dense(2)] internal sealed partial class BidirectionalGru16Every;
[RnnModel(InputSize = 1)] [Gru(20, Direction = Direction.Bidirectional)] [Dense(1)] internal sealed partial class BidirectionalGru20Last;
[RnnModel(InputSize = 2)] [Gru(20, Direction = Direction.Bidirectional, ReturnSequences = true)] [Dense(2)] internal sealed partial class BidirectionalGru20Every;
[RnnModel(InputSize = 3)] [Lstm(13, Direction = Direction.Bidirectional, ReturnSequences = true)] [Gru(7, Direction = Direction.Bidirectional)] [Dense(2)] internal sealed partial class BidirectionalLstm13Gru7Last;
[RnnModel] [Embedding(11, 5)] [Lstm(13)] [Dense(7, Activation = Activation.Softmax)] internal sealed partial class EmbeddingLstm;
[RnnModel] [Embedding(8, 3, MaskZero = true)] [Gru(3, Direction = Direction.Bidirectional, ReturnSequences = true)] [Dense(5, Activation = Activation.Softmax)] internal sealed partial class EmbeddingMasked;
[RnnModel(InputSize = 2)] [Lstm(13, ReturnSequences = true)] [LayerNormalization] [Dense(2)] internal sealed partial class NormalizedLstmEvery;
[RnnModel(InputSize = 3)] [Gru(17, ReturnSequences = true)] [LayerNormalization] [Gru(5)] [LayerNormalization] [Dense(1)] internal sealed partial class NormalizedGruStack;
[RnnModel(InputSize = 2)] [SimpleRnn(7, ReturnSequences = true)] [Activation(Activation.Softplus)] [Dense(3)] [Activation(Activation.Softmax)] internal sealed partial class ActivationLayer;
[RnnModel(InputSize = 2)] [Lstm(5)] [RepeatVector(4)] [Lstm(3, ReturnSequences = true)] [Dense(2)] internal sealed partial class Autoencoder;
[RnnModel] [Embedding(9, 5)] [Lstm(13, ReturnSequences = true)] [Lstm(7)] [Decoder(6, 7)] [Embedding(8, 4)] [Lstm(13, ReturnSequences = true)] [Lstm(7, ReturnSequences = true)] [Dense(8, Activation = Activation.Softmax)] internal sealed partial class Translator;
[RnnModel(InputSize = 2)] [Gru(5)] [Decoder(4, 5)] [Embedding(6, 3)] [Gru(5, ReturnSequences = true)] [Dense(6, Activation = Activation.Softmax)] internal sealed partial class Describer;
[RnnModel(InputSize = 2)] [Masking] [Lstm(5, ReturnSequences = true)] [Gru(3, ReturnSequences = true)] [Dense(2)] internal sealed partial class MaskedLstmGru;

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
        { () => new Translator(), m => m.Weights },
        { () => new Describer(), m => m.Weights },
        { () => new MaskedLstmGru(), m => m.Weights, m => new FloatCalls(m.Predict, m.PredictBatch, m.PredictBatch) },
    };
}
