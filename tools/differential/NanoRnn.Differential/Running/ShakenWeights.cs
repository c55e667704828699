using NanoRnn.Differential.Grammar;
using NanoRnn.Reference;

namespace NanoRnn.Differential.Running;

/// <summary>Moves every weight of a network up or down until disposed.</summary>
internal readonly struct ShakenWeights : IDisposable
{
    private readonly ReferenceNetwork _network;
    private readonly double[][] _saved;

    /// <param name="network">Whose weights move.</param>
    /// <param name="dice">Decides between up and down.</param>
    /// <param name="relative">How far.</param>
    public ShakenWeights(ReferenceNetwork network, Dice dice, double relative)
    {
        _network = network;
        _saved = [.. network.Tensors.Select(tensor => (double[])tensor.Values.Clone())];
        foreach (var tensor in network.Tensors)
            Shake(tensor.Values, dice, relative);
    }

    public static void Shake(Span<double> values, Dice dice, double relative)
    {
        foreach (ref var value in values)
            value *= 1 + (dice.Chance(0.5) ? relative : -relative);
    }

    public void Dispose()
    {
        foreach (var (tensor, saved) in _network.Tensors.Zip(_saved))
            saved.CopyTo(tensor.Values, 0);
    }
}
