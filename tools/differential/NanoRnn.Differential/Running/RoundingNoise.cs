using NanoRnn.Differential.Grammar;
using NanoRnn.Reference;

namespace NanoRnn.Differential.Running;

/// <summary>Moves what a run computes up or down by what rounding moves it.</summary>
/// <param name="dice">Decides between up and down.</param>
/// <param name="stateError">Of an element of a state.</param>
internal sealed class RoundingNoise(Dice dice, double stateError) : FunctionProbe
{
    /// <summary>Of the value of a function: a unit in the last place. What docs/functions.md states as the largest error is some four of these.</summary>
    private const double FunctionError = 1.0 / (1 << 23);

    public override double Function(double value) => Move(value, FunctionError);

    public override double State(double value) => Move(value, stateError);

    private double Move(double value, double by) => value * (1 + (dice.Chance(0.5) ? by : -by));
}
