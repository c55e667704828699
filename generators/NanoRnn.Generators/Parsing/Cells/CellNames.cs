using Microsoft.CodeAnalysis.CSharp;

namespace NanoRnn.Generators.Parsing.Cells;

/// <summary>
/// Names for the generated code, the user's where they can be used: generated names are made of them, and two of those must not
/// become the same.
/// </summary>
internal sealed class CellNames
{
    private readonly HashSet<string> _states = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _sums = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _locals = new(StringComparer.OrdinalIgnoreCase);

    public static bool IsValid(string name) =>
        name.Length > 0 && IsLetter(name[0]) && name.All(c => IsLetter(c) || c is (>= '0' and <= '9') or '_');

    public string OfState(string name) => Choose(_states, IsUsable(name) ? name : "state");

    public string OfSum(string name) => Choose(_sums, name.All(IsLetter) ? LowerFirst(name) : "gate");

    /// <summary>A name for a computed value; none for one that has nothing readable.</summary>
    public string OfValue(string? local) => Choose(_locals, local is not null && IsUsable(local) ? local : "value");

    /// <summary>Other names of generated code begin with d and a capital letter, for gradients, or end in Sum or Product.</summary>
    private static bool IsUsable(string name) =>
        name.All(IsLetter)
        && name[0] is >= 'a' and <= 'z'
        && !(name.Length > 1 && name[0] == 'd' && name[1] is >= 'A' and <= 'Z')
        && !name.EndsWith("Sum", StringComparison.Ordinal)
        && !name.EndsWith("Product", StringComparison.Ordinal)
        && name != "ofOperand"
        && SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None
        && SyntaxFacts.GetContextualKeywordKind(name) == SyntaxKind.None;

    private static string Choose(HashSet<string> taken, string name)
    {
        while (!taken.Add(name))
            name += "Next";
        return name;
    }

    private static string LowerFirst(string name) => char.ToLowerInvariant(name[0]) + name.Substring(1);

    private static bool IsLetter(char c) => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z');
}
