using NanoRnn.CompilerServices;

namespace NanoRnn.Fleet;

/// <summary>
/// The weights of a model as one vector: tensors in Keras's order, row by row, those that training changes first. What is sent between
/// hub and devices, the same whatever processor or version of the library holds the model.
/// </summary>
public sealed class WeightVector
{
    private readonly WeightTensor[] _tensors;

    private WeightVector(WeightTensor[] tensors, int trainable)
    {
        _tensors = tensors;
        Fingerprint = FingerprintStart;
        for (var i = 0; i < tensors.Length; i++)
        {
            var tensor = tensors[i];
            Length += tensor.Count;
            if (i < trainable)
                TrainableLength += tensor.Count;
            foreach (var character in tensor.Name)
                Mix(character);
            Mix(i < trainable ? 1u : 0u);
            foreach (var size in tensor.Shape)
                Mix((uint)size);
        }

        // FNV-1a.
        void Mix(uint value) => Fingerprint = (Fingerprint ^ value) * 1099511628211;
    }

    private const ulong FingerprintStart = 14695981039346656037;

    /// <summary>Number of weights.</summary>
    public int Length { get; }

    /// <summary>Number of weights that training changes, the first ones; those behind them are statistics of data.</summary>
    public int TrainableLength { get; }

    /// <summary>A number that models with other tensors, by name, shape or trainability, do not have.</summary>
    public ulong Fingerprint { get; private set; }

    /// <summary>The weights of a model.</summary>
    /// <param name="model">The model, which <see cref="CopyFrom"/> changes.</param>
    /// <typeparam name="TModel">The model class.</typeparam>
    /// <exception cref="ArgumentException">The model has a <see cref="BatchNormalizationAttribute"/>: a fleet learns weights, not statistics.</exception>
    public static WeightVector Of<TModel>(TModel model)
        where TModel : class, IRnnModel<TModel>
    {
        ArgumentNullException.ThrowIfNull(model);
        if (!TModel.Layout.BatchStatistics.IsEmpty)
        {
            throw new ArgumentException(
                $"{TModel.Layout.ModelName} normalizes batches, and the moving averages of their statistics would be each device's own: use [LayerNormalization] in a fleet.",
                nameof(model));
        }

        var (layouts, all) = (TModel.Layout.Tensors, new WeightCollection(TModel.Layout, model.PackedWeights));
        var (tensors, count, trainable) = (new WeightTensor[all.Count], 0, 0);
        foreach (var isTrainable in (ReadOnlySpan<bool>)[true, false])
        {
            for (var i = 0; i < tensors.Length; i++)
            {
                if (layouts[i].IsTrainable == isTrainable)
                    tensors[count++] = all[i];
            }

            if (isTrainable)
                trainable = count;
        }

        return new(tensors, trainable);
    }

    /// <summary>Copies the model's weights. Allocates nothing.</summary>
    /// <param name="weights">At least <see cref="Length"/> floats.</param>
    /// <exception cref="ArgumentException"><paramref name="weights"/> is too short.</exception>
    public void CopyTo(Span<float> weights)
    {
        if (weights.Length < Length)
            throw new ArgumentException($"Expected at least {Length} floats, found {weights.Length}.", nameof(weights));
        foreach (var tensor in _tensors)
        {
            tensor.CopyTo(weights);
            weights = weights[tensor.Count..];
        }
    }

    /// <summary>Gives the model these weights. Allocates nothing.</summary>
    /// <param name="weights"><see cref="Length"/> finite floats.</param>
    /// <exception cref="ArgumentException">There are more or fewer, or one is NaN or infinite.</exception>
    /// <exception cref="InvalidOperationException">The model's weights cannot be changed.</exception>
    public void CopyFrom(ReadOnlySpan<float> weights)
    {
        if (weights.Length != Length)
            throw new ArgumentException($"Expected {Length} floats, found {weights.Length}.", nameof(weights));
        foreach (var tensor in _tensors)
        {
            tensor.CopyFrom(weights[..tensor.Count]);
            weights = weights[tensor.Count..];
        }
    }
}
