using NanoRnn.Tool.Graphs;

namespace NanoRnn.Tool.Recognition;

/// <summary>A tensor while a graph is recognised: numbers that are known, or numbers of elements of <see cref="ElementTable"/>.</summary>
/// <param name="Tensor">The numbers.</param>
/// <param name="IsConstant">Whether they are known.</param>
internal sealed record Symbol(Tensor Tensor, bool IsConstant)
{
    public static Symbol Constant(Tensor tensor) => new(tensor, IsConstant: true);

    public static Symbol Elements(int[] shape, double[] numbers) => new(new Tensor(shape, numbers), IsConstant: false);
}
