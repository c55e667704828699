using System.Text.RegularExpressions;

namespace NanoRnn.Package.Tests;

/// <summary>Warnings in the output of a build.</summary>
internal static class Warnings
{
    public const string Pattern = @"\bwarning [A-Z]+[0-9]+";

    /// <summary>The codes of the warnings, each once.</summary>
    public static IEnumerable<string> In(string output) =>
        Regex.Matches(output, Pattern).Select(match => match.Value.Split(' ')[1]).Distinct();
}
