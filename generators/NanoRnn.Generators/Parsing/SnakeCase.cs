namespace NanoRnn.Generators.Parsing;

/// <summary>Names as Keras writes them, and back.</summary>
internal static class SnakeCase
{
    /// <summary>From <c>SimpleRnn</c> to <c>simple_rnn</c>, from <c>Conv1D</c> to <c>conv1d</c>: a word begins where letters become or cease to be small.</summary>
    public static string Of(string name) => string.Concat(
        name.Select((c, i) => (char.IsUpper(c) && i > 0 && (IsLower(name, i - 1) || IsLower(name, i + 1)) ? "_" : "") + char.ToLowerInvariant(c)));

    private static bool IsLower(string name, int index) => index < name.Length && char.IsLower(name[index]);

    /// <summary>From <c>noise_gains</c> or <c>lstm.forward</c> to <c>NoiseGains</c> and <c>LstmForward</c>.</summary>
    public static string ToPascalCase(string name) => string.Concat(
        name.Split('_', '.').Where(word => word.Length > 0).Select(word => char.ToUpperInvariant(word[0]) + word.Substring(1)));
}
