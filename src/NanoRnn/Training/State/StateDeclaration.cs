using System.Collections.Immutable;
using NanoRnn.CompilerServices;
using NanoRnn.Storage;

namespace NanoRnn;

/// <summary>Declares all tensors that a file of a trainer has beside the model's.</summary>
internal sealed class StateDeclaration(ModelLayout layout, SafeTensorsFile file) : StateVisitor(layout)
{
    protected override void VisitTensor(string name, ElementType type, ImmutableArray<int> shape, Span<byte> values, TensorLayout? places) =>
        file.Declare(name, type, shape);
}
