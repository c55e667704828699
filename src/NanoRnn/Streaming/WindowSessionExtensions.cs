using NanoRnn.CompilerServices;

namespace NanoRnn;

/// <summary>Streaming predictions from windows, for models of every kind but those with a decoder.</summary>
public static class WindowSessionExtensions
{
    /// <summary>Starts a streaming prediction from the last time steps alone, for a model that was trained on windows.</summary>
    /// <param name="model">The model; one that reads both ways or needs its whole input, and so has no other session, is welcome too.</param>
    /// <param name="timeSteps">
    /// Time steps of the window, those of training. Default 0: the model's own <see cref="RnnModelAttribute.TimeSteps"/>.
    /// </param>
    /// <param name="arena">Where the window is taken from, 8 bytes for each of its numbers; null to allocate it.</param>
    /// <typeparam name="TModel">The model class.</typeparam>
    /// <exception cref="ArgumentException">The model has no time steps of its own and none are given, or the arena has too few bytes left.</exception>
    public static WindowSession<float> CreateWindowSession<TModel>(this TModel model, int timeSteps = 0, MemoryArena? arena = null)
        where TModel : class, IPackedModel<TModel>, ISequencePredictor<float>
    {
        ArgumentNullException.ThrowIfNull(model);
        return new(model, TModel.Layout, timeSteps, arena);
    }
}
