namespace NanoRnn.Arm64.Report;

/// <summary>An instruction of a kernel.</summary>
/// <param name="Address">Where it is.</param>
/// <param name="Name">Its mnemonic, such as fmla.</param>
/// <param name="Operands">Its operands, such as v0.4s.</param>
internal sealed record Instruction(long Address, string Name, string[] Operands)
{
    /// <summary>Where a branch goes, as an address.</summary>
    public long? Target =>
        IsBranch && Operands[^1].StartsWith("0x", StringComparison.Ordinal) ? Convert.ToInt64(Operands[^1], 16) : null;

    public bool IsBranch => Name is "b" or "cbz" or "cbnz" or "tbz" or "tbnz" || Name.StartsWith("b.", StringComparison.Ordinal);

    public bool IsCall => Name is "bl" or "blr" or "br";

    /// <summary>A multiply-add of four floats.</summary>
    public bool IsVectorFma => (Name is "fmla" or "fmls") && Operands[0].EndsWith(".4s", StringComparison.Ordinal);

    /// <summary>For llvm-mca, which knows no addresses: all that an instruction refers to is one label.</summary>
    public string ToText() =>
        $"{Name} {string.Join(", ", Operands.Select(operand => operand.StartsWith("0x", StringComparison.Ordinal) ? "top" : operand))}";
}
