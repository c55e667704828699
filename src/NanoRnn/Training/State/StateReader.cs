using System.Collections.Immutable;
using NanoRnn.CompilerServices;
using NanoRnn.Storage;

namespace NanoRnn;

/// <summary>Reads the tensors that a file of a trainer has beside the model's, or checks first that it has just them.</summary>
internal sealed class StateReader : StateVisitor
{
    private readonly Dictionary<string, SafeTensorsEntry> _entries = new(StringComparer.Ordinal);
    private readonly HashSet<string> _left = new(StringComparer.Ordinal);
    private readonly byte[] _file;
    private readonly int _dataStart;
    private readonly string _source;

    /// <param name="layout">The model.</param>
    /// <param name="header">The file's header.</param>
    /// <param name="file">The whole file.</param>
    /// <param name="dataStart">Index in the file of the first byte of data.</param>
    /// <param name="source">What to call the file in messages.</param>
    public StateReader(ModelLayout layout, SafeTensorsHeader header, byte[] file, int dataStart, string source)
        : base(layout)
    {
        (_file, _dataStart, _source) = (file, dataStart, source);
        foreach (var entry in header.Tensors)
        {
            if (!IsOfState(entry.Name))
                continue;
            _entries.Add(entry.Name, entry);
            _left.Add(entry.Name);
        }
    }

    /// <summary>Whether the tensors are compared alone, so that nothing changes.</summary>
    public bool OnlyChecks { get; set; }

    /// <summary>Whether a tensor is none of the model's own.</summary>
    public static bool IsOfState(string name) => name.Contains('/', StringComparison.Ordinal);

    /// <summary>Makes sure that there is nothing in the file that has not been visited.</summary>
    /// <param name="prefix">Only what starts so counts.</param>
    /// <param name="exceptPrefix">What starts so does not.</param>
    /// <exception cref="ModelFileException">There is.</exception>
    public void CheckEnd(string prefix, string? exceptPrefix = null)
    {
        foreach (var name in _left)
        {
            if (name.StartsWith(prefix, StringComparison.Ordinal) && (exceptPrefix is null || !name.StartsWith(exceptPrefix, StringComparison.Ordinal)))
                throw Error($"the file has '{FileText.Escape(name)}', this training has not.");
        }
    }

    public ModelFileException Error(string message) => SafeTensorsReader.Error(_source, message);

    protected override void VisitTensor(string name, ElementType type, ImmutableArray<int> shape, Span<byte> values, TensorLayout? places)
    {
        if (!_entries.TryGetValue(name, out var entry))
            throw Error($"this training has '{name}', the file has not.");
        _left.Remove(name);
        if (OnlyChecks)
        {
            Check(entry, type, shape);
            return;
        }

        var size = Elements.SizeOf(type);
        for (var i = 0; i < CountOf(shape); i++)
            Elements.Copy(type, _file.AsSpan(_dataStart + (int)entry.Begin + (i * size), size), ElementAt(i, size, values, places));
    }

    private void Check(SafeTensorsEntry entry, ElementType type, ImmutableArray<int> shape)
    {
        if (entry.Type != type)
            throw Error($"tensor '{entry.Name}': expected dtype {Elements.NameOf(type)}, found {Elements.NameOf(entry.Type)}.");
        var fits = entry.Shape.Length == shape.Length;
        for (var i = 0; i < shape.Length && fits; i++)
            fits = entry.Shape[i] == shape[i];
        if (!fits)
            throw Error($"tensor '{entry.Name}': expected the shape [{string.Join(", ", shape)}], found [{FileText.List(entry.Shape)}].");
    }
}
