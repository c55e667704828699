namespace NanoRnn.Tests.Runtime;

internal static partial class ParameterCountModels
{
    [RnnModel]
    [Embedding(100, 16)]
    [Lstm(20, Direction = Direction.Bidirectional, ReturnSequences = true)]
    [Dropout(0.2f)]
    [LayerNormalization]
    [Gru(10, Direction = Direction.Bidirectional, MergeMode = MergeMode.Sum)]
    [RepeatVector(6)]
    [SimpleRnn(7, ReturnSequences = true)]
    [Activation(Activation.Relu)]
    [Dense(3)]
    internal sealed partial class Stack;
}
