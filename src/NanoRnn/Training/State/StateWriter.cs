using System.Collections.Immutable;
using NanoRnn.CompilerServices;
using NanoRnn.Storage;

namespace NanoRnn;

/// <summary>Writes the data of all tensors that <see cref="StateDeclaration"/> has declared.</summary>
internal sealed class StateWriter(ModelLayout layout, SafeTensorsFile file) : StateVisitor(layout)
{
    protected override void VisitTensor(string name, ElementType type, ImmutableArray<int> shape, Span<byte> values, TensorLayout? places)
    {
        var size = Elements.SizeOf(type);
        for (var i = 0; i < CountOf(shape); i++)
            Elements.Copy(type, ElementAt(i, size, values, places), file.Next(size));
    }
}
