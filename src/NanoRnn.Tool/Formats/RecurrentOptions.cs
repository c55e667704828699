using NanoRnn.Tool.Operators;

namespace NanoRnn.Tool.Formats;

/// <summary>A recurrent layer of a format that has layers, beside its weights.</summary>
/// <param name="Kind">LSTM, GRU or RNN.</param>
/// <param name="Units">Units of one direction.</param>
internal sealed record RecurrentOptions(string Kind, int Units)
{
    public bool ReturnsSequences { get; init; }

    public bool GoesBackwards { get; init; }

    public bool ResetsAfter { get; init; } = true;

    public ScalarFunction Activation { get; init; } = new("Tanh");

    public ScalarFunction RecurrentActivation { get; init; } = new("Sigmoid");

    public double[]? InitialHidden { get; init; }

    public double[]? InitialCell { get; init; }
}
