namespace NanoRnn.Arm64.Compilation;

/// <summary>An instruction.</summary>
/// <param name="Address">Where it is.</param>
/// <param name="Name">Its mnemonic, such as fmla.</param>
/// <param name="Operands">Its operands, such as v0.4s.</param>
/// <param name="Symbol">The symbol that an address among the operands belongs to, with its distance from it; or nothing.</param>
public sealed record Instruction(long Address, string Name, IReadOnlyList<string> Operands, string Symbol)
{
    /// <summary>Where a branch goes, as an address.</summary>
    public long? Target => IsBranch ? Convert.ToInt64(Operands[^1], 16) : null;

    public bool IsBranch => Name is "b" or "cbz" or "cbnz" or "tbz" or "tbnz" || Name.StartsWith("b.", StringComparison.Ordinal);

    public bool IsCall => Name is "bl" or "blr" or "br";

    /// <summary>A multiply-add of four floats.</summary>
    public bool IsVectorFma => (Name is "fmla" or "fmls") && Operands[0].EndsWith(".4s", StringComparison.Ordinal);

    /// <summary>
    /// An endless loop. The compiler leaves one in the place of code that is never reached; where the code generator does not agree that it is
    /// never reached, the program hangs.
    /// </summary>
    public bool IsEndlessLoop => Name == "b" && Target == Address;
}
