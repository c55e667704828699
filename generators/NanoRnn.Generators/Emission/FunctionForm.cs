using NanoRnn.Generators.Lowering.Expressions;

namespace NanoRnn.Generators.Emission;

/// <summary>A function as a generated method: f(x), factor·f(x) or factor·f(x) + addend, by the number of its operands.</summary>
internal sealed record FunctionForm(ElementwiseFunction Function, int OperandCount)
{
    private static readonly string[] Names = ["x", "factor", "addend"];

    public string Name => (OperandCount == 1 ? "" : OperandCount == 2 ? "Multiply" : "MultiplyAdd") + Function.Name;

    public string Documentation =>
        (OperandCount == 1 ? "" : $"factor · {Function.Name}(x){(OperandCount == 2 ? "" : " + addend")}: ") + Function.Documentation;

    public IEnumerable<string> Parameters => Names.Take(OperandCount);

    public Expr Expand(ExprGraph graph)
    {
        var operands = Parameters.Select(graph.Leaf).ToArray();
        return OperandCount == 1 ? Function.Expand(operands[0])
            : Function.ExpandProduct(operands[0], operands[1], operands.ElementAtOrDefault(2));
    }
}
