using System.Globalization;
using System.Text;

namespace NanoRnn;

/// <summary>A file's name with values in it, such as <c>model-{epoch:00}-{val_loss:0.00}.safetensors</c>.</summary>
internal sealed class FileNamePattern
{
    private const string EpochName = "epoch";

    private readonly List<Part> _parts = [];

    /// <exception cref="ArgumentException">A brace is alone, or a format is Python's.</exception>
    public FileNamePattern(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        for (var i = 0; i < path.Length;)
        {
            var brace = path.AsSpan(i).IndexOfAny('{', '}');
            if (brace < 0)
                brace = path.Length - i;
            if (brace > 0)
                _parts.Add(new Part(path.Substring(i, brace), Name: null, Format: null));
            i += brace;
            if (i == path.Length)
                break;

            // Two braces are one.
            if (i + 1 < path.Length && path[i + 1] == path[i])
            {
                _parts.Add(new Part(path[i].ToString(), Name: null, Format: null));
                i += 2;
                continue;
            }

            var end = path[i] == '{' ? path.IndexOf('}', i) : -1;
            if (end < 0)
                throw new ArgumentException($"'{path}' has a {path[i]} without its pair at index {i}; write it twice for the character itself.", nameof(path));
            Add(path, path.Substring(i + 1, end - i - 1));
            i = end + 1;
        }
    }

    /// <summary>Checks that there will be all values.</summary>
    /// <exception cref="ArgumentException">There is no such value.</exception>
    public void Begin(MetricValues values)
    {
        foreach (var part in _parts)
        {
            if (part.Name is { } name && name != EpochName && values.IndexOf(name) < 0)
                throw new ArgumentException($"A file name has '{{{name}}}', but there are only {EpochName}, {string.Join(", ", values.Names)}.");
        }
    }

    public string Format(int epoch, MetricValues values)
    {
        var path = new StringBuilder();
        foreach (var part in _parts)
        {
            path.Append(part.Name is null ? part.Text
                : part.Name == EpochName ? epoch.ToString(part.Format, CultureInfo.InvariantCulture)
                : values[part.Name].ToString(part.Format, CultureInfo.InvariantCulture));
        }

        return path.ToString();
    }

    private void Add(string path, string content)
    {
        var colon = content.IndexOf(':', StringComparison.Ordinal);
        var format = colon < 0 ? null : content.Substring(colon + 1);

        // As a format of .NET it would be taken for characters.
        if (format is { Length: > 1 } && format[^1] is 'd' or 'f')
            throw new ArgumentException($"'{path}' has the format '{format}', which is Python's: write 00 for 02d, 0.00 for .2f.", nameof(path));
        _parts.Add(new Part("", colon < 0 ? content : content.Substring(0, colon), format));
    }

    private readonly record struct Part(string Text, string? Name, string? Format);
}
