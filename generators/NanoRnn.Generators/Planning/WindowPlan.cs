using NanoRnn.Generators.Lowering.Network;

namespace NanoRnn.Generators.Planning;

/// <summary>
/// All numbers of the steps that a causal convolution sees. A window goes on from that <see cref="Dilation"/> steps before; a stream
/// remembers what is to be in a later one, and one number more.
/// </summary>
internal sealed class WindowPlan(WindowNode node, string identifier, LayerPlan? below, int inputSize)
    : LayerPlan(node, identifier, below, inputSize)
{
    public int KernelSize => node.KernelSize;

    public int Dilation => node.Dilation;

    public override int PastSteps => Dilation;

    public override int StateLength => Dilation * Split.RowLength;

    /// <summary>Floats of the ring of a stream, with the number behind it.</summary>
    public int RingLength => Dilation * (KernelSize - 1) * Inputs + 1;

    public override int MemoryLength => ModelPlan.RoundUp(RingLength);
}
