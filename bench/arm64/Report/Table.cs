using System.Globalization;
using System.Text;
using NanoRnn.Arm64.Compilation;

namespace NanoRnn.Arm64.Report;

/// <summary>The report, in Markdown.</summary>
internal static class Table
{
    private static readonly string[] Columns =
    [
        "Cell", "Units", "Core", "Cycles per step", "of them loops", "turns × cycles", "the rest",
        "Instructions", "fma limit", "load limit", "issue limit", "largest limit ÷ cycles",
    ];

    public static string Create(string objectFile)
    {
        var functions = Disassembly.Read(Llvm.Program("llvm-objdump"), objectFile);
        var text = new StringBuilder();
        var cores = Core.All.Where(IsModelled).ToArray();
        foreach (var core in cores)
        {
            var model = new PipelineModel(core.Name);
            text.Append(CultureInfo.InvariantCulture, $"- {core.Name}: the model does {model.FmaRate:F1} fmla and loads {16 * model.LoadRate:F0} bytes ")
                .Append(CultureInfo.InvariantCulture, $"per cycle; the core {core.Fmas:F1} and {core.LoadedBytes:F0}, and takes {core.Instructions} instructions\n");
        }

        text.Append('\n').Append("| ").AppendJoin(" | ", Columns).Append(" |\n|---|--:|---|").Insert(text.Length, "--:|", Columns.Length - 3).Append('\n');
        foreach (var cell in Kernel.Cells)
        {
            Kernel[] kernels = [Kernel.Read(functions, cell, 32), Kernel.Read(functions, cell, 64)];
            if (2 * kernels[0].ActivationFmas != kernels[1].ActivationFmas)
                throw new InvalidDataException(
                    $"{cell.Cell}: expected twice the multiply-adds of 32 activations for 64, found {kernels[0].ActivationFmas} and {kernels[1].ActivationFmas}");
            foreach (var kernel in kernels)
                foreach (var core in cores)
                    AppendRow(text, kernel, core);
        }

        return text.ToString();
    }

    /// <summary>Whether llvm-mca has more to say of a core than of the one that its older versions take for it.</summary>
    private static bool IsModelled(Core core) =>
        core.OldModel is not { } old || new PipelineModel(core.Name).FmaRate > 1.5 * new PipelineModel(old).FmaRate;

    private static void AppendRow(StringBuilder text, Kernel kernel, Core core)
    {
        var model = new PipelineModel(core.Name);
        var cycles = model.CyclesOnce(kernel.Trace);
        var loops = kernel.Loops.Select(loop => (loop.Turns, Cycles: model.CyclesPerTurn(loop.Code))).ToArray();
        var inLoops = loops.Sum(loop => loop.Turns * loop.Cycles);
        var fmaLimit = kernel.SumFmas / core.Fmas;
        var loadLimit = kernel.WeightBytes / core.LoadedBytes;
        var issueLimit = kernel.Trace.Count / core.Instructions;
        var share = double.Max(fmaLimit, double.Max(loadLimit, issueLimit)) / cycles;
        string[] cells =
        [
            kernel.Cell, $"{kernel.Units}", core.Name, Round(cycles), Round(inLoops),
            string.Join(" + ", loops.Select(loop => string.Create(CultureInfo.InvariantCulture, $"{loop.Turns} × {loop.Cycles:F1}"))), Round(cycles - inLoops),
            Round(kernel.Trace.Count), Round(fmaLimit), Round(loadLimit), Round(issueLimit), $"{Round(100 * share)} %",
        ];
        text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
    }

    private static string Round(double value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
