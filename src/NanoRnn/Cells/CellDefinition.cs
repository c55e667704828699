namespace NanoRnn;

/// <summary>What a method with <see cref="CellAttribute"/> returns. There is never an object of this class.</summary>
public sealed class CellDefinition
{
    private CellDefinition()
    {
    }
}
