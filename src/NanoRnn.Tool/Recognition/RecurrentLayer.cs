using NanoRnn.Tool.Operators;

namespace NanoRnn.Tool.Recognition;

/// <summary>What a recurrent layer is made of, with weights as NanoRnn has them.</summary>
/// <param name="Kind">LSTM, GRU or RNN.</param>
/// <param name="Units">Units of one direction.</param>
/// <param name="Direction">In which directions it goes through the steps of its input.</param>
/// <param name="Cells">The weights of each direction.</param>
/// <param name="Activation">Of the output, or of candidate and cell state.</param>
/// <param name="RecurrentActivation">Of gates.</param>
internal sealed record RecurrentLayer(
    string Kind, int Units, RecurrentDirection Direction, IReadOnlyList<RecurrentCell> Cells, ScalarFunction Activation, ScalarFunction RecurrentActivation)
{
    /// <summary>Whether a GRU resets after the product.</summary>
    public bool ResetsAfter { get; init; } = true;

    /// <summary>The state before the first step, where an input of the model is.</summary>
    public InitialState? Hidden { get; init; }

    /// <summary>The cell state before the first step, where an input of the model is.</summary>
    public InitialState? Cell { get; init; }

    /// <summary>The states before the first step of each direction, states × units one direction behind the other; null for zeros.</summary>
    public double[]? LearnedState { get; init; }

    /// <summary>What the new cell state is in the source, for cells that are made of single operators.</summary>
    public Value? NewCell { get; init; }

    public int Features => Units * Cells.Count;
}
