using System.Collections.Immutable;
using Microsoft.CodeAnalysis.CSharp;

namespace NanoRnn.Generators.Parsing.Functions;

/// <summary>
/// Collects the values of a function's body. Equal values are one node, and conditions that are known are decided here, so that
/// branches nobody takes leave nothing behind.
/// </summary>
internal sealed class FunctionBuilder
{
    /// <summary>More values than that are not a function but a program; a processor would not like it inlined either.</summary>
    public const int MaxNodes = 1000;

    private readonly Dictionary<UserNode, int> _interned = [];
    private readonly List<UserNode> _nodes = [];

    public bool IsTooLarge => _nodes.Count > MaxNodes;

    public ImmutableArray<UserNode> Nodes => [.. _nodes];

    public int Argument(int position) => Add(new UserNode(UserOperation.Argument, -1, -1, -1, position));

    public int Constant(float value) => Add(new UserNode(UserOperation.Constant, -1, -1, -1, value));

    public int Condition(bool value) => Make(value ? UserOperation.True : UserOperation.False);

    public int Power(int a, float exponent) => Add(new UserNode(UserOperation.Power, a, -1, -1, exponent));

    public int Make(UserOperation operation, int a = -1, int b = -1, int c = -1) => Add(new UserNode(operation, a, b, c, 0));

    public int Not(int a) => Is(a, UserOperation.True) ? Condition(false)
        : Is(a, UserOperation.False) ? Condition(true)
        : Is(a, UserOperation.Not) ? _nodes[a].A
        : Make(UserOperation.Not, a);

    public int And(int a, int b) => Is(a, UserOperation.False) || Is(b, UserOperation.True) ? a
        : Is(a, UserOperation.True) || Is(b, UserOperation.False) ? b
        : Make(UserOperation.And, a, b);

    public int Or(int a, int b) => Is(a, UserOperation.True) || Is(b, UserOperation.False) ? a
        : Is(a, UserOperation.False) || Is(b, UserOperation.True) ? b
        : Make(UserOperation.Or, a, b);

    public int Select(int condition, int a, int b) => a == b || Is(condition, UserOperation.True) ? a
        : Is(condition, UserOperation.False) ? b
        : Is(a, UserOperation.True) && Is(b, UserOperation.False) ? condition
        : Make(UserOperation.Select, condition, a, b);

    public bool IsTrue(int a) => Is(a, UserOperation.True);

    public bool IsFalse(int a) => Is(a, UserOperation.False);

    /// <summary>Names a value after the local that holds it.</summary>
    public void Name(int a, string local)
    {
        if (_nodes[a] is { Local: null } node && IsReadable(local))
            _nodes[a] = node with { Local = local };
    }

    /// <summary>Names that are neither keywords nor those of types and methods in generated code.</summary>
    private static bool IsReadable(string name) =>
        name[0] is >= 'a' and <= 'z'
        && name.All(c => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9'))
        && SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None
        && SyntaxFacts.GetContextualKeywordKind(name) == SyntaxKind.None;

    private bool Is(int a, UserOperation operation) => _nodes[a].Operation == operation;

    private int Add(UserNode node)
    {
        if (!_interned.TryGetValue(node, out var index))
        {
            index = _nodes.Count;
            _interned.Add(node, index);
            _nodes.Add(node);
        }

        return index;
    }
}
