using System.Collections;
using System.ComponentModel;
using NanoRnn.CompilerServices;

namespace NanoRnn;

/// <summary>The trainable tensors of a model, in Keras's order.</summary>
public sealed class WeightCollection : IReadOnlyList<WeightTensor>
{
    private readonly WeightTensor[] _tensors;

    /// <summary>The tensors of packed weights; called by generated code.</summary>
    /// <param name="layout">The model.</param>
    /// <param name="packed">Its packed weights.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public WeightCollection(ModelLayout layout, AlignedBuffer packed)
    {
        ArgumentNullException.ThrowIfNull(layout);
        ArgumentNullException.ThrowIfNull(packed);
        Description = layout.Description;
        _tensors = new WeightTensor[layout.Tensors.Length];
        for (var i = 0; i < _tensors.Length; i++)
            _tensors[i] = new WeightTensor(layout.Tensors[i], layout, packed);
    }

    /// <summary>The layers of the model; see <see cref="ModelLayout.Description"/>.</summary>
    internal string? Description { get; }

    /// <summary>Number of tensors.</summary>
    public int Count => _tensors.Length;

    /// <summary>A tensor by its position.</summary>
    /// <param name="index">0 … <see cref="Count"/> − 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such tensor.</exception>
    public WeightTensor this[int index] => (uint)index < (uint)_tensors.Length
        ? _tensors[index]
        : throw new ArgumentOutOfRangeException(nameof(index), index, $"The model has {Count} tensors.");

    /// <summary>A tensor by its name.</summary>
    /// <param name="name">Name as in a file, such as <c>lstm.kernel</c>; case matters.</param>
    /// <exception cref="KeyNotFoundException">There is no such tensor; the message lists the names.</exception>
    public WeightTensor this[string name] => Array.Find(_tensors, tensor => tensor.Name == name)
        ?? throw new KeyNotFoundException(
            $"The model has no tensor '{name}'. Its tensors are {string.Join(", ", Array.ConvertAll(_tensors, tensor => tensor.Name))}.");

    /// <inheritdoc/>
    public IEnumerator<WeightTensor> GetEnumerator() => ((IEnumerable<WeightTensor>)_tensors).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
