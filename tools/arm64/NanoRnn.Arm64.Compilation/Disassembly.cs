using System.Globalization;
using System.Text.RegularExpressions;

namespace NanoRnn.Arm64.Compilation;

/// <summary>Functions of an object file or program, read with GNU's or LLVM's objdump.</summary>
public static partial class Disassembly
{
    /// <summary>All functions of a file.</summary>
    /// <exception cref="InvalidDataException">The program failed.</exception>
    public static IReadOnlyList<NativeFunction> Read(string objdump, string file)
    {
        var functions = new List<NativeFunction>();
        var lines = new List<Instruction>();
        foreach (var text in Tool.Read(objdump, ["-d", "--no-show-raw-insn", file]).Split('\n'))
        {
            if (Header().Match(text) is { Success: true } header)
            {
                lines = [];
                functions.Add(new NativeFunction(header.Groups[2].Value, ParseAddress(header.Groups[1]), lines));
            }
            else if (Line().Match(text) is { Success: true } line)
            {
                lines.Add(new Instruction(
                    ParseAddress(line.Groups[1]),
                    line.Groups[2].Value,
                    Comma().Split(Remark().Replace(line.Groups[3].Value, "").Trim()),
                    Symbol().Match(line.Groups[3].Value).Groups[1].Value));
            }
        }

        return functions;
    }

    private static long ParseAddress(Group group) => long.Parse(group.ValueSpan, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    [GeneratedRegex("^([0-9a-f]+) <(.*)>:$")]
    private static partial Regex Header();

    [GeneratedRegex(@"^ *([0-9a-f]+):\s+(\S+)\s*(.*)$")]
    private static partial Regex Line();

    [GeneratedRegex("<(.*)>")]
    private static partial Regex Symbol();

    [GeneratedRegex(@"\s*(<.*>|//.*)")]
    private static partial Regex Remark();

    /// <summary>Between operands, not inside brackets.</summary>
    [GeneratedRegex(@",\s*(?![^\[{]*[\]}])")]
    private static partial Regex Comma();
}
