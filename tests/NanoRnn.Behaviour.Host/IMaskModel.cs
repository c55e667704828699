using NanoRnn.CompilerServices;

namespace NanoRnn.Behaviour;

/// <summary>What the tests of masks need of a model without a decoder.</summary>
internal interface IMaskModel<TSelf, TInput> : IRnnModel<TSelf>, ISequencePredictor<TInput>
    where TSelf : class, IMaskModel<TSelf, TInput>
    where TInput : unmanaged
{
    WeightCollection Weights { get; }
}
