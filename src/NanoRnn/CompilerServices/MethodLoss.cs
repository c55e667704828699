using System.ComponentModel;

namespace NanoRnn.CompilerServices;

/// <summary>Losses that are methods of model classes.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class MethodLoss
{
    /// <summary>The mean over all outputs, always the same object. Its type is its own, so that a program holds those alone that it uses.</summary>
    /// <typeparam name="TFunction">The method, as the generator has compiled it.</typeparam>
    public static Loss Of<TFunction>()
        where TFunction : struct, ILossFunction => VectorLoss<TFunction>.Instance;
}
