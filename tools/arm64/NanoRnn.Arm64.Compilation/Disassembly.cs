using System.Globalization;
using System.Text.RegularExpressions;

namespace NanoRnn.Arm64.Report;

/// <summary>Functions of an object file, read with llvm-objdump.</summary>
internal static partial class Disassembly
{
    /// <summary>The instructions of the only function whose name has a part, without the constants that follow them.</summary>
    public static List<Instruction> Read(string objectFile, string partOfName)
    {
        var names = Tool.RunLlvm("llvm-objdump", ["--syms", objectFile]).Split('\n')
            .Where(line => line.Contains(" F ", StringComparison.Ordinal) && line.Contains(partOfName, StringComparison.Ordinal))
            .Select(line => line.Split(' ')[^1])
            .ToArray();
        if (names is not [var name])
            throw new InvalidDataException($"expected one function with {partOfName} in its name, found {names.Length}");

        var code = new List<Instruction>();
        var furthest = 0L;
        foreach (var line in Tool.RunLlvm("llvm-objdump", ["-d", "--no-show-raw-insn", "--disassemble-symbols=" + name, objectFile]).Split('\n'))
        {
            var match = Line().Match(line);
            if (!match.Success)
                continue;
            var operands = Symbol().Replace(match.Groups[3].Value, "").Trim();
            var instruction = new Instruction(
                long.Parse(match.Groups[1].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture),
                match.Groups[2].Value,
                Comma().Split(operands));
            code.Add(instruction);
            furthest = long.Max(furthest, instruction.Target ?? 0);
            if (instruction.Name == "ret" && furthest <= instruction.Address)
                return code;
        }

        throw new InvalidDataException($"no end found in {name}");
    }

    [GeneratedRegex(@"^ *([0-9a-f]+):\s+(\S+)\s*(.*)$")]
    private static partial Regex Line();

    [GeneratedRegex(@"\s*(<.*>|//.*)")]
    private static partial Regex Symbol();

    /// <summary>Between operands, not inside brackets.</summary>
    [GeneratedRegex(@",\s*(?![^\[{]*[\]}])")]
    private static partial Regex Comma();
}
