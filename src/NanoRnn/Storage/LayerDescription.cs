namespace NanoRnn.Storage;

/// <summary>A layer of a <see cref="ModelDescription"/>: its kind, its name, and its options.</summary>
internal sealed class LayerDescription
{
    private const int FirstOption = 2;

    private readonly string[] _words;

    /// <param name="text">What the description says of the layer.</param>
    public LayerDescription(string text) => _words = ModelDescription.Split(text, " ");

    /// <summary>What kind of layer it is, by its attribute's name, such as <c>Lstm</c>.</summary>
    public string Kind => _words[0];

    /// <summary>Its name; empty in a file that has none.</summary>
    public string Name => _words.Length < FirstOption ? "" : _words[1];

    /// <summary>Kind and name, for messages.</summary>
    public string Title => FileText.Escape(_words.Length < FirstOption ? Kind : $"{Kind} '{Name}'");

    /// <summary>Number of its options.</summary>
    public int OptionCount => Math.Max(0, _words.Length - FirstOption);

    /// <summary>The name of an option.</summary>
    public string OptionAt(int index) => ModelDescription.Split(_words[FirstOption + index], "=")[0];

    /// <summary>The value of an option, or null.</summary>
    public string? Find(string option)
    {
        for (var i = FirstOption; i < _words.Length; i++)
            if (_words[i].StartsWith(option + "=", StringComparison.Ordinal))
                return _words[i].Substring(option.Length + 1);
        return null;
    }
}
