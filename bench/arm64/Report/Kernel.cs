using NanoRnn.Arm64.Compilation;

namespace NanoRnn.Arm64.Report;

/// <summary>A step kernel: what it should compute, and the code that does.</summary>
internal sealed class Kernel
{
    /// <summary>All step kernels, with the affine sums of a unit that run over the input and over the state, and their biases.</summary>
    public static readonly IReadOnlyList<(string Cell, string Model, string Method, int Maps, int Biases)> Cells =
    [
        ("SimpleRNN", "Rnn", "SimpleRnnStep", 1, 1),
        ("LSTM", "Lstm", "LstmStep", 4, 4),
        ("GRU", "Gru", "GruStep", 3, 6),
    ];

    private Kernel(string cell, int units, int maps, int biases, IReadOnlyList<Instruction> code)
    {
        (Cell, Units) = (cell, units);
        SumFmas = (1 + units) * maps * units / 4;
        WeightBytes = units * (biases + maps * (1 + units)) * sizeof(float);
        Trace = Execution.Follow(code);
        Loops = [.. FindInnermostLoops(code).Select(loop => (loop, Trace.Count(instruction => instruction == loop[^1])))];
        ActivationFmas = Trace.Count(instruction => instruction.IsVectorFma) - SumFmas;
    }

    public string Cell { get; }

    public int Units { get; }

    /// <summary>Vector multiply-adds of a step's sums.</summary>
    public int SumFmas { get; }

    /// <summary>All others that a step executes.</summary>
    public int ActivationFmas { get; }

    /// <summary>Bytes of the layer's weights, all of which a step reads once.</summary>
    public int WeightBytes { get; }

    /// <summary>The loops over the state's elements, one for each pass, and how often a step goes through them.</summary>
    public IReadOnlyList<(Instruction[] Code, int Turns)> Loops { get; }

    /// <summary>What a step executes.</summary>
    public IReadOnlyList<Instruction> Trace { get; }

    public static Kernel Read(IEnumerable<NativeFunction> functions, (string Cell, string Model, string Method, int Maps, int Biases) cell, int units)
    {
        var name = $"_{cell.Model}{units}_Vector128Kernels__{cell.Method}<";
        var found = functions.Where(function => function.Name.Contains(name, StringComparison.Ordinal)).ToArray();
        if (found is not [var function])
            throw new InvalidDataException($"expected one function with {name} in its name, found {found.Length}");
        var kernel = new Kernel(cell.Cell, units, cell.Maps, cell.Biases, function.Code);
        kernel.Check(cell.Maps);
        return kernel;
    }

    /// <summary>Whether this is the code that the table is about.</summary>
    private void Check(int maps)
    {
        if (Trace.Any(instruction => instruction.IsCall))
            throw new InvalidDataException($"{Cell} {Units}: the step kernel calls a function");
        var expected = Units * maps * Units / 4;
        var found = Loops.Sum(loop => loop.Turns * loop.Code.Count(instruction => instruction.IsVectorFma));
        if (found != expected)
            throw new InvalidDataException($"{Cell} {Units}: expected {expected} multiply-adds in the loops over the state, found {found}");
        if (ActivationFmas < 0 || ActivationFmas % (Units / 4) != 0)
            throw new InvalidDataException($"{Cell} {Units}: expected {SumFmas} multiply-adds and the same number for every vector of units, found {SumFmas + ActivationFmas}");
    }

    private static IEnumerable<Instruction[]> FindInnermostLoops(IReadOnlyList<Instruction> code)
    {
        var loops = code.Where(instruction => instruction.Target <= instruction.Address).ToArray();
        return loops
            .Where(loop => !loops.Any(other => other != loop && other.Target >= loop.Target && other.Address <= loop.Address))
            .Select(end => code.Where(instruction => instruction.Address >= end.Target && instruction.Address <= end.Address).ToArray());
    }
}
