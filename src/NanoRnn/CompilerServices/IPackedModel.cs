using System.ComponentModel;

namespace NanoRnn.CompilerServices;

/// <summary>What the generator implements on every model class, for storage: weights, and a description of how they are packed.</summary>
/// <typeparam name="TSelf">The model class.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IPackedModel<TSelf>
    where TSelf : class, IPackedModel<TSelf>
{
    /// <summary>Sizes, tensors and names: all that is known of the network at build time.</summary>
    static abstract ModelLayout Layout { get; }

    /// <summary>A model that takes over <paramref name="weights"/>, packed as <see cref="Layout"/> says.</summary>
    static abstract TSelf Create(AlignedBuffer weights);

    /// <summary>The packed weights; padding lanes are zero.</summary>
    AlignedBuffer PackedWeights { get; }
}
