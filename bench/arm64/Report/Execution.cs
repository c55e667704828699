using System.Globalization;
using NanoRnn.Arm64.Compilation;

namespace NanoRnn.Arm64.Report;

/// <summary>
/// Follows a kernel from its first instruction to its return, so that trip counts are those of the code and not assumed. Only loop
/// counters decide where a kernel goes: integers are computed, vectors and memory are not.
/// </summary>
internal sealed class Execution
{
    private const int MostInstructions = 1_000_000;

    private readonly Dictionary<string, long> _registers = [];
    private long _compared;

    /// <summary>All instructions in the order in which they are executed.</summary>
    public static List<Instruction> Follow(IReadOnlyList<Instruction> code)
    {
        var execution = new Execution();
        var indices = code.Select((instruction, index) => (instruction.Address, index)).ToDictionary();
        var trace = new List<Instruction>();
        for (var next = 0; trace.Count < MostInstructions;)
        {
            var instruction = code[next];
            trace.Add(instruction);
            if (instruction.Name == "ret")
                return trace;
            next = instruction.IsBranch && execution.IsTaken(instruction) ? indices[instruction.Target!.Value] : next + 1;
            if (!instruction.IsBranch)
                execution.Compute(instruction);
        }

        throw new InvalidDataException("the kernel does not end");
    }

    private bool IsTaken(Instruction branch) => branch.Name switch
    {
        "b" => true,
        "cbz" => Read(branch.Operands[0]) == 0,
        "cbnz" => Read(branch.Operands[0]) != 0,
        "b.eq" => _compared == 0,
        "b.ne" => _compared != 0,
        "b.lt" => _compared < 0,
        "b.le" => _compared <= 0,
        "b.gt" => _compared > 0,
        "b.ge" => _compared >= 0,
        _ => throw Unknown(branch),
    };

    private void Compute(Instruction instruction)
    {
        var operands = instruction.Operands;
        if (instruction.Name == "cmp")
        {
            _compared = Read(operands[0]) - Last(1);
            return;
        }

        // Everything else that matters has a general register for its result. The frame's registers decide nothing.
        if (operands[0] is not ['x', ..] || operands[0] is "x29")
            return;
        _registers[operands[0]] = instruction.Name switch
        {
            "mov" => Last(1),
            "add" => Read(operands[1]) + Last(2),
            "sub" => Read(operands[1]) - Last(2),
            "and" => Read(operands[1]) & Last(2),
            "mul" => Read(operands[1]) * Read(operands[2]),
            "madd" => Read(operands[1]) * Read(operands[2]) + Read(operands[3]),
            "neg" => -Last(1),
            "lsl" => Read(operands[1]) << (int)Read(operands[2]),
            _ => throw Unknown(instruction),
        };

        // The last operand may be shifted.
        long Last(int first) => operands.Count > first + 1 ? Read(operands[first]) << Shift(operands[first + 1]) : Read(operands[first]);

        int Shift(string operand) =>
            operand.StartsWith("lsl #", StringComparison.Ordinal)
                ? int.Parse(operand.AsSpan(5), CultureInfo.InvariantCulture)
                : throw Unknown(instruction);
    }

    private long Read(string operand) => operand switch
    {
        "xzr" => 0,
        ['#', '0', 'x', .. var digits] => Convert.ToInt64(digits, 16),
        ['#', .. var digits] => long.Parse(digits, CultureInfo.InvariantCulture),
        // Arguments are addresses, which decide nothing, or the number of the step, of which 0 is as good as any.
        _ => _registers.GetValueOrDefault(operand),
    };

    private static InvalidDataException Unknown(Instruction instruction) =>
        new($"cannot follow the kernel beyond: {instruction.Name} {string.Join(", ", instruction.Operands)}");
}
