using NanoRnn.CompilerServices;

namespace NanoRnn.Reduced;

/// <summary>What every generated class has; the generated members implement it.</summary>
internal interface IModel<TSelf> : IPackedModel<TSelf>
    where TSelf : class, IModel<TSelf>
{
    static abstract ModelSummary Summary { get; }

    WeightCollection Weights { get; }

    void Save(string path);

    static abstract TSelf Load(string path);

    static abstract TSelf Load(ReadOnlySpan<byte> file);
}

/// <summary>What every generated class of reduced precision has.</summary>
internal interface IReducedModel<TSelf> : IModel<TSelf>
    where TSelf : class, IReducedModel<TSelf>
{
    static abstract TSelf From(WeightCollection weights);
}
