using NanoRnn;

namespace Shapes;

/// <summary>
/// The embedded Reber grammar (Fahlman 1991): BT or BP, a string of Reber's grammar, the same T or P again, and E. What is legal before
/// the last symbol was decided at the second one.
/// </summary>
public static class ReberGrammar
{
    /// <summary>The symbols, and what stands behind a string.</summary>
    public const string Symbols = "BTPSXVE.";

    public const char End = '.';

    // Reber's automaton: from each state one or two symbols, each with the next state.
    private static readonly (char Symbol, int Next)[][] Turns =
    [
        [('B', 1)],
        [('T', 2), ('P', 3)],
        [('S', 2), ('X', 4)],
        [('T', 3), ('V', 5)],
        [('X', 3), ('S', 6)],
        [('P', 4), ('V', 6)],
        [('E', 7)],
    ];

    /// <summary>A string, each of its turns with even odds.</summary>
    public static string Create(ref RandomGenerator random)
    {
        for (var text = "B"; ;)
        {
            var next = GetLegal(text);
            var symbol = next[random.NextInt(next.Length)];
            if (symbol == End)
                return text;
            text += symbol;
        }
    }

    /// <summary>What may follow a beginning; nothing if the beginning is not legal.</summary>
    public static string GetLegal(string beginning)
    {
        if (beginning.Length < 2)
            return beginning == "" ? "B" : beginning == "B" ? "TP" : "";
        var ending = $"{beginning[1]}E{End}";
        if (beginning[0] != 'B' || ending[0] is not ('T' or 'P'))
            return "";
        var state = 0;
        for (var i = 2; i < beginning.Length; i++)
        {
            if (state == Turns.Length)
            {
                var last = beginning[i..];
                return last.Length < ending.Length && ending.StartsWith(last, StringComparison.Ordinal) ? $"{ending[last.Length]}" : "";
            }

            state = Array.Find(Turns[state], turn => turn.Symbol == beginning[i]).Next;
            if (state == 0)
                return "";
        }

        return state == Turns.Length ? ending[..1] : string.Concat(Turns[state].Select(turn => turn.Symbol));
    }

    /// <summary>Whether the grammar makes a string.</summary>
    public static bool Accepts(string text) => GetLegal(text) == $"{End}";
}
