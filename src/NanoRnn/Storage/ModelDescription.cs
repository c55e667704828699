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

    /// <summary>The layers of a model, the first of which is its input.</summary>
    public static LayerDescription[] LayersOf(string description)
    {
        var texts = Split(description, Separator);
        var layers = new LayerDescription[texts.Length - 1];
        for (var i = 0; i < layers.Length; i++)
            layers[i] = new LayerDescription(texts[i + 1]);
        return layers;
    }

    /// <summary>What differs first, for a message, or null.</summary>
    /// <param name="file">The description in a file.</param>
    /// <param name="model">That of the model.</param>
    /// <param name="holder">What to call the file in the message.</param>
    public static string? FindDifference(string file, string model, string holder)
    {
        if (Split(file, Separator)[0] is var version && version != Version)
            return $"{holder} describes its layers in version '{FileText.Escape(version)}', expected version '{Version}'";
        var (found, expected) = (LayersOf(file), LayersOf(model));
        for (var i = 0; i < Math.Max(found.Length, expected.Length); i++)
        {
            var place = i == 0 ? "the input" : $"layer {i}";
            if (i >= found.Length)
                return $"the model has {place}, {expected[i].Title}, {holder} has not";
            if (i >= expected.Length)
                return $"{holder} has {place}, {found[i].Title}, the model has not";
            if (FindDifference(found[i], expected[i], place, holder) is { } difference)
                return difference;
        }

        return null;
    }

    /// <summary>The parts of a text.</summary>
    public static string[] Split(string text, string separator) => text.Split([separator], StringSplitOptions.None);

    private static string? FindDifference(LayerDescription found, LayerDescription expected, string place, string holder)
    {
        if (found.Kind != expected.Kind)
            return $"{place} is {found.Title} in {holder}, {expected.Title} in the model";
        foreach (var layer in new[] { found, expected })
            for (var i = 0; i < layer.OptionCount; i++)
            {
                var option = layer.OptionAt(i);
                var (left, right) = (found.Find(option), expected.Find(option));
                if (!AreEqual(left, right))
                    return $"{place} '{FileText.Escape(expected.Name)}' has {(left is null ? "no " : "")}{FileText.Escape(option)}" +
                        $"{(left is null ? "" : " " + FileText.Escape(left))} in {holder}, {right ?? "none"} in the model";
            }

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
}
