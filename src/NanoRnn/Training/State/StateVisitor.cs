using System.Collections.Immutable;
using System.Runtime.InteropServices;
using NanoRnn.CompilerServices;

namespace NanoRnn;

/// <summary>
/// Is shown every number that training depends on, under the name that a file has it by. Whoever has such numbers shows them in one method,
/// so that what is saved is what is loaded.
/// </summary>
/// <param name="layout">The model.</param>
internal abstract class StateVisitor(ModelLayout layout)
{
    /// <summary>What stands before the names. No tensor of a model has a slash in its name.</summary>
    public string Prefix { get; set; } = "";

    public void Visit(string name, ref int value) => Visit(name, ElementType.I32, new Span<int>(ref value));

    public void Visit(string name, ref long value) => Visit(name, ElementType.I64, new Span<long>(ref value));

    public void Visit(string name, ref float value) => Visit(name, ElementType.F32, new Span<float>(ref value));

    public void Visit(string name, Span<ulong> values) => Visit(name, ElementType.U64, values);

    public void Visit(string name, Span<float> values) => Visit(name, ElementType.F32, values);

    public void Visit(string name, Span<double> values) => Visit(name, ElementType.F64, values);

    /// <summary>
    /// Shows numbers that are packed as the weights, or as those that are trainable: one tensor for each of the model's, whose name follows.
    /// </summary>
    public void VisitWeights(string name, Span<float> packed)
    {
        foreach (var tensor in layout.Tensors)
        {
            if (tensor.IsTrainable || packed.Length == layout.WeightLength)
                VisitTensor($"{Prefix}{name}/{tensor.Name}", ElementType.F32, tensor.Shape, MemoryMarshal.AsBytes(packed), tensor);
        }
    }

    /// <summary>A tensor of the file.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="type">Type of its elements.</param>
    /// <param name="shape">Its shape.</param>
    /// <param name="values">The numbers, in memory.</param>
    /// <param name="places">Where among them the elements lie; null if they lie one behind the other.</param>
    protected abstract void VisitTensor(string name, ElementType type, ImmutableArray<int> shape, Span<byte> values, TensorLayout? places);

    /// <summary>The bytes of an element of the tensor.</summary>
    protected static Span<byte> ElementAt(int index, int size, Span<byte> values, TensorLayout? places)
    {
        var place = index;
        if (places is not null)
        {
            var (row, column) = int.DivRem(index, places.Columns);
            place = places.IndexOf(row, column);
        }

        return values.Slice(place * size, size);
    }

    /// <summary>Number of elements of a tensor.</summary>
    protected static int CountOf(ImmutableArray<int> shape)
    {
        var count = 1;
        foreach (var dimension in shape)
            count *= dimension;
        return count;
    }

    private void Visit<T>(string name, ElementType type, Span<T> values)
        where T : unmanaged => VisitTensor(Prefix + name, type, [values.Length], MemoryMarshal.AsBytes(values), places: null);
}
