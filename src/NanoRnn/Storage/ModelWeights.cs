using NanoRnn.CompilerServices;

namespace NanoRnn;

/// <summary>What every model can do with another one of its class.</summary>
public static class ModelWeights
{
    /// <summary>Gives a model the weights of another one of its class, to the bit. Allocates nothing.</summary>
    /// <param name="model">The model that changes; nothing else may train it or predict with it at the same time.</param>
    /// <param name="other">The other, whose weights may be constants of the program.</param>
    /// <typeparam name="TModel">The model class.</typeparam>
    /// <exception cref="InvalidOperationException">The weights of <paramref name="model"/> are constants of the program.</exception>
    public static void CopyWeightsFrom<TModel>(this TModel model, TModel other)
        where TModel : class, IPackedModel<TModel>
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(other);
        other.PackedWeights.ReadOnlySpan.CopyTo(model.PackedWeights.Span);
    }
}
