namespace NanoRnn.Differential.Grammar.Rules;

/// <summary>The users' cells that the reference knows, which are compiled beside every model.</summary>
internal sealed class CustomRnnRule : RecurrentRule
{
    protected override LayerTerm Start(Dice dice, int units) => LayerTerm.Of(
        "CustomRnn", "typeof(OwnCells)", $"\"{dice.Pick("MinimalGatedUnit", "FastGrnn", "PeepholeLstm", "Unusual")}\"", units);
}
