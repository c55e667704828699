using NanoRnn.Generators.Lowering.Expressions;

namespace NanoRnn.Generators.Emission;

/// <summary>The numbers of a width's functions, in memory.</summary>
/// <remarks>
/// The JIT keeps a number that is used twice in a register, and where registers are few it puts the values of the longest chain on the
/// stack instead, where each waits for its store. A volatile field is read anew for every use.
/// </remarks>
internal sealed class NumberTable
{
    private const string Reference = "numbers";

    private readonly List<float> _numbers = [];

    /// <summary>The numbers that a function should read from memory: those that it uses once.</summary>
    public static IReadOnlyCollection<float> NumbersFor(Expr result)
    {
        var uses = new Dictionary<float, int>();
        var seen = new HashSet<Expr>();
        Count(result);
        return [.. uses.Where(use => use.Key != 0 && use.Value == 1).Select(use => use.Key)];

        void Count(Expr node)
        {
            if (node.Operation == Operation.Constant)
                uses[node.Value] = uses.TryGetValue(node.Value, out var count) ? count + 1 : 1;
            else if (seen.Add(node))
                foreach (var operand in node.Operands)
                    Count(operand);
        }
    }

    /// <summary>The expression that reads a number behind the reference of <see cref="EmitReference"/>.</summary>
    public string Read(float value)
    {
        if (!_numbers.Contains(value))
            _numbers.Add(value);
        return $"{Reference}.{Field(value)}";
    }

    /// <summary>Gives a method the reference to the numbers.</summary>
    public static void EmitReference(SourceWriter writer, ExpressionPrinter printer)
    {
        printer.Reserve(Reference);
        writer.Line($"ref readonly var {Reference} = ref Numbers;");
    }

    /// <summary>The numbers themselves, once all functions are printed.</summary>
    public void Emit(SourceWriter writer)
    {
        if (_numbers.Count == 0)
            return;
        writer.Line();
        writer.Line("private static ref readonly NumberTable Numbers => ref Unsafe.As<float, NumberTable>(ref MemoryMarshal.GetReference(NumberData));");
        writer.Line();
        writer.Line($"private static ReadOnlySpan<float> NumberData => new float[] {{ {string.Join(", ", _numbers.Select(Dialect.Literal))} }};");
        writer.Line();
        writer.Summary("The functions' numbers. They are volatile so that each is read where it is needed: kept in registers, they would drive what is computed to the stack.");
        writer.Line("[StructLayout(LayoutKind.Sequential)]");
        using (writer.Block("private struct NumberTable"))
            foreach (var number in _numbers)
                writer.Line($"public volatile float {Field(number)};");
    }

    /// <summary>A name that says the number, such as N1_5 or Nm2em05.</summary>
    private static string Field(float value) =>
        "N" + Dialect.Literal(value).Replace("float.", "").TrimEnd('f').Replace('.', '_').Replace("-", "m").Replace("+", "").Replace('E', 'e');
}
