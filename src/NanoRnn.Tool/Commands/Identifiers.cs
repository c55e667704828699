using System.Text.RegularExpressions;

namespace NanoRnn.Tool.Commands;

/// <summary>Names of classes.</summary>
internal static partial class Identifiers
{
    /// <summary>A class's name made of a file's: <c>model_1</c> is <c>Model1</c>.</summary>
    public static string Of(string name)
    {
        var words = WordPattern().Matches(name).Select(match => char.ToUpperInvariant(match.Value[0]) + match.Value[1..]);
        var joined = string.Concat(words);
        return joined.Length == 0 || char.IsAsciiDigit(joined[0]) ? "Model" + joined : joined;
    }

    /// <exception cref="UsageException">It is no name of C#.</exception>
    public static string Check(string name) => NamePattern().IsMatch(name) ? name : throw new UsageException($"expected a name of letters and digits that C# takes, found '{name}'.");

    [GeneratedRegex("[A-Za-z0-9]+")]
    private static partial Regex WordPattern();

    [GeneratedRegex("^[A-Z_a-z][A-Za-z0-9_]*$")]
    private static partial Regex NamePattern();
}
