using NanoRnn.CompilerServices;

namespace NanoRnn.Behaviour;

/// <summary>
/// What every generated class has in public but no interface of the library names. The generated members implement it, so it
/// also pins their signatures.
/// </summary>
internal interface ITestModel<TSelf> : IRnnModel<TSelf>, ISequencePredictor<float>
    where TSelf : class, ITestModel<TSelf>
{
    static abstract ModelSummary Summary { get; }

    WeightCollection Weights { get; }

    void Save(string path);

    static abstract TSelf Load(string path);

    static abstract TSelf Load(ReadOnlySpan<byte> file);
}
