namespace NanoRnn.Generators.Parsing;

/// <summary>Names as Keras writes them.</summary>
internal static class SnakeCase
{
    /// <summary>From <c>SimpleRnn</c> to <c>simple_rnn</c>.</summary>
    public static string Of(string name) => string.Concat(
        name.Select((c, i) => char.IsUpper(c) && i > 0 ? "_" + char.ToLowerInvariant(c) : char.ToLowerInvariant(c).ToString()));
}
