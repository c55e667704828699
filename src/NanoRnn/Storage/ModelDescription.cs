using System.Globalization;

namespace NanoRnn.Storage;

/// <summary>
/// What a file says of the layers of its model, beside what their tensors show: one line with the version, the input and the layers in their
/// order, such as <c>1; Input input features=1; Lstm lstm units=8 activation=tanh …; Dense dense units=1 activation=linear …</c>.
/// </summary>
/// <remarks>
/// <para>It has what changes outputs, and nothing else. All options that the first version knew are always there. An option that comes later
/// stands there only where it has not its default, so that files written before it came are still those of the same model; where a layer's
/// inputs are not the layer above it, such an option will name them. Another version is for what cannot be said so. Names say which layer a
/// message means and are not compared, since tensors have them.</para>
/// <para>A function or cell of the user's is a digest of what it computes (<c>Swish@1.9F86D081884C7D65</c>): its name, the version of the digest, and
/// the digest. Digests of different versions are not compared.</para>
/// <para>The compiler compares files too, so it compiles for netstandard2.0.</para>
/// </remarks>
internal static class ModelDescription
{
    /// <summary>Key of the file's format among the metadata.</summary>
    public const string FormatKey = "format";

    /// <summary>The format of files that are ours.</summary>
    public const string Format = "nanornn";

    /// <summary>Key of the description among the metadata.</summary>
    public const string Key = "layers";

    /// <summary>The version that is written and read.</summary>
    public const string Version = "1";

    /// <summary>What stands between layers.</summary>
    public const string Separator = "; ";

    /// <summary>What stands between a function's name and its digest.</summary>
    public const char DigestMark = '@';

    /// <summary>What stands between the version of a digest and the digest.</summary>
    public const char DigestVersionMark = '.';

    /// <summary>What differs first, for a message, or null.</summary>
    /// <param name="file">The description in a file.</param>
    /// <param name="model">That of the model.</param>
    /// <param name="holder">What to call the file in the message.</param>
    public static string? FindDifference(string file, string model, string holder)
    {
        var (found, expected) = (Split(file, Separator), Split(model, Separator));
        if (found[0] != Version)
            return $"{holder} describes its layers in version '{FileText.Escape(found[0])}', expected version '{Version}'";
        for (var i = 1; i < Math.Max(found.Length, expected.Length); i++)
        {
            // The first is the input.
            var place = i == 1 ? "the input" : $"layer {i - 1}";
            if (i >= found.Length)
                return $"the model has {place}, {TitleOf(Words(expected[i]))}, {holder} has not";
            if (i >= expected.Length)
                return $"{holder} has {place}, {TitleOf(Words(found[i]))}, the model has not";
            if (FindDifference(Words(found[i]), Words(expected[i]), place, holder) is { } difference)
                return difference;
        }

        return null;
    }

    private static string? FindDifference(string[] found, string[] expected, string place, string holder)
    {
        if (found[0] != expected[0])
            return $"{place} is {TitleOf(found)} in {holder}, {TitleOf(expected)} in the model";
        foreach (var words in new[] { found, expected })
            for (var i = 2; i < words.Length; i++)
            {
                var option = Split(words[i], "=")[0];
                var (left, right) = (ValueOf(found, option), ValueOf(expected, option));
                if (!AreEqual(left, right))
                    return $"{place} '{FileText.Escape(expected[1])}' has {(left is null ? "no " : "")}{FileText.Escape(option)}" +
                        $"{(left is null ? "" : " " + FileText.Escape(left))} in {holder}, {right ?? "none"} in the model";
            }

        return null;
    }

    private static string? ValueOf(string[] words, string option)
    {
        for (var i = 2; i < words.Length; i++)
            if (words[i].StartsWith(option + "=", StringComparison.Ordinal))
                return words[i].Substring(option.Length + 1);
        return null;
    }

    private static bool AreEqual(string? left, string? right)
    {
        if (left == right)
            return true;
        if (left is null || right is null)
            return false;
        var (mark, otherMark) = (left.IndexOf(DigestMark), right.IndexOf(DigestMark));
        if (mark >= 0 && otherMark >= 0)
        {
            var (digest, other) = (left.Substring(mark + 1), right.Substring(otherMark + 1));
            return digest == other || Split(digest, DigestVersionMark.ToString())[0] != Split(other, DigestVersionMark.ToString())[0];
        }

        // The same number may have been written in two ways.
        return float.TryParse(left, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && float.TryParse(right, NumberStyles.Float, CultureInfo.InvariantCulture, out var otherNumber)
            && number.Equals(otherNumber);
    }

    private static string TitleOf(string[] words) => FileText.Escape(words.Length < 2 ? words[0] : $"{words[0]} '{words[1]}'");

    private static string[] Words(string layer) => Split(layer, " ");

    private static string[] Split(string text, string separator) => text.Split([separator], StringSplitOptions.None);
}
