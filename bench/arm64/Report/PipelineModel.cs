using System.Globalization;
using NanoRnn.Arm64.Compilation;

namespace NanoRnn.Arm64.Report;

/// <summary>A core as llvm-mca models it.</summary>
internal sealed class PipelineModel(string core)
{
    private const int Repeats = 1000;

    /// <summary>Cycles for a code that runs once.</summary>
    public double CyclesOnce(IEnumerable<Instruction> code) => Cycles(code.Select(ToText), 1);

    /// <summary>Cycles for a turn of a loop, while it runs.</summary>
    public double CyclesPerTurn(IEnumerable<Instruction> loop) =>
        Cycles(loop.Select(ToText), Repeats) / Repeats;

    /// <summary>Multiply-adds of four floats per cycle that the model allows.</summary>
    public double FmaRate => Rate(i => $"fmla v{i}.4s, v30.4s, v31.4s");

    /// <summary>Loads of 16 bytes per cycle that the model allows.</summary>
    public double LoadRate => Rate(i => $"ldr q{i}, [x0, #{16 * i}]");

    /// <summary>Enough instructions for any latency that do not depend on each other.</summary>
    private double Rate(Func<int, string> instruction)
    {
        const int Count = 16;
        return Count * Repeats / Cycles(Enumerable.Range(0, Count).Select(instruction), Repeats);
    }

    /// <summary>llvm-mca knows no addresses: all that an instruction refers to is one label.</summary>
    private static string ToText(Instruction instruction) =>
        $"{instruction.Name} {string.Join(", ", instruction.Operands.Select(operand => operand.StartsWith("0x", StringComparison.Ordinal) ? "top" : operand))}";

    private double Cycles(IEnumerable<string> lines, int times)
    {
        var report = Tool.Read(
            Llvm.Program("llvm-mca"),
            ["-mtriple=aarch64-linux-gnu", "-mcpu=" + core, "-iterations=" + times, "-instruction-info=0", "-resource-pressure=0"],
            "top:\n" + string.Join('\n', lines) + '\n');
        const string Label = "Total Cycles:";
        var line = report.Split('\n').First(line => line.StartsWith(Label, StringComparison.Ordinal));
        return double.Parse(line.AsSpan(Label.Length).Trim(), CultureInfo.InvariantCulture);
    }
}
