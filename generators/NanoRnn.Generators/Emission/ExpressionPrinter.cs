using NanoRnn.Generators.Lowering.Expressions;

namespace NanoRnn.Generators.Emission;

/// <summary>
/// Prints expressions as statements: named or shared nodes become locals, everything else is written in place. Values that
/// exist already are read where <paramref name="source"/> says.
/// </summary>
/// <param name="writer">Where the locals go.</param>
/// <param name="dialect">How operations are written.</param>
/// <param name="source">The text that reads a node that is not to be computed, or null.</param>
/// <param name="functions">Takes note of the functions that are called.</param>
internal sealed class ExpressionPrinter(
    SourceWriter writer, Dialect dialect, Func<Expr, string?> source, Action<FunctionForm> functions)
{
    private readonly Dictionary<Expr, string> _printed = [];
    private readonly Dictionary<Expr, int> _uses = [];
    private readonly HashSet<string> _names = [];

    /// <summary>Keeps a local from taking the name.</summary>
    public void Reserve(string name) => _names.Add(name);

    /// <summary>The texts of the expressions' values, after the locals they need.</summary>
    /// <param name="outputs">The expressions.</param>
    /// <param name="later">What will be printed later, inside a block: what that shares with these becomes locals here.</param>
    public IReadOnlyList<string> Print(IReadOnlyList<Expr> outputs, IReadOnlyList<Expr>? later = null)
    {
        foreach (var output in outputs.Concat(later ?? []))
            Count(output);
        return PrintCounted(outputs);
    }

    /// <summary>The same for what an earlier call was told of.</summary>
    public IReadOnlyList<string> PrintCounted(IReadOnlyList<Expr> outputs) => [.. outputs.Select(output => Print(output, isOperand: false))];

    private void Count(Expr node)
    {
        _uses.TryGetValue(node, out var uses);
        _uses[node] = uses + 1;
        // A negation is written wherever it is used: there it becomes part of a fused multiply-add.
        if ((uses == 0 || node.Operation == Operation.Negate) && source(node) is null)
            foreach (var operand in node.Operands)
                Count(operand);
    }

    private string Print(Expr node, bool isOperand)
    {
        if (_printed.TryGetValue(node, out var text))
            return text;
        var read = source(node);
        var isName = read is not null && read.All(c => char.IsLetterOrDigit(c));
        text = read ?? Write(node);
        if (!isName && (read is not null || NeedsLocal(node)))
        {
            var local = Unique(node.Name ?? "t");
            writer.Line($"var {local} = {text};");
            text = local;
        }
        else if (isOperand && !isName && IsInfix(node))
        {
            return $"({text})";
        }

        return _printed[node] = text;
    }

    private bool NeedsLocal(Expr node) =>
        node.Operation is not (Operation.Constant or Operation.Negate) && (_uses[node] > 1 || (node.Name is not null && node.Operation != Operation.Leaf));

    private static bool IsInfix(Expr node) => node.Operation
        is Operation.Add or Operation.Subtract or Operation.Multiply or Operation.Divide or Operation.Negate;

    private string Write(Expr node)
    {
        // What takes longest comes first: the processor starts with the oldest of the instructions that can run.
        var a = new string[node.Operands.Count];
        foreach (var i in Enumerable.Range(0, a.Length).OrderByDescending(i => node.Operands[i].Depth))
            a[i] = Print(node.Operands[i], isOperand: IsInfix(node));
        switch (node.Operation)
        {
            case Operation.Constant:
                return dialect.Constant(node.Value);
            case Operation.Add:
                return $"{a[0]} + {a[1]}";
            case Operation.Subtract:
                return $"{a[0]} - {a[1]}";
            case Operation.Multiply:
                return $"{a[0]} * {a[1]}";
            case Operation.Divide:
                return $"{a[0]} / {a[1]}";
            case Operation.Negate:
                return $"-{a[0]}";
            case Operation.Abs:
                return dialect.Abs(a[0]);
            case Operation.FusedMultiplyAdd:
                return dialect.FusedMultiplyAdd(a[0], a[1], a[2]);
            case Operation.SelectLessOrEqual:
                return dialect.SelectLessOrEqual(a[0], a[1], a[2], a[3]);
            case Operation.SelectLess:
                return dialect.SelectLess(a[0], a[1], a[2], a[3]);
            case Operation.SquareRoot:
                return dialect.SquareRoot(a[0]);
            case Operation.BinaryExponent:
                return dialect.BinaryExponent(a[0]);
            case Operation.Min:
                return dialect.Min(a[0], a[1]);
            case Operation.Max:
                return dialect.Max(a[0], a[1]);
            case Operation.ScaleByPowerOfTwo:
                return dialect.ScaleByPowerOfTwo(a[0], a[1]);
            case Operation.PowerOfTwo:
                return dialect.PowerOfTwo(a[0]);
            case Operation.Function:
                var form = new FunctionForm(node.Function!, a.Length);
                functions(form);
                return $"{dialect.Function(form.Name)}({string.Join(", ", a)})";
            default:
                throw new InvalidOperationException($"nothing says where the leaf {node.Name} is read");
        }
    }

    private string Unique(string name)
    {
        var unique = name;
        for (var i = 1; !_names.Add(unique); i++)
            unique = name + i;
        return unique;
    }
}
