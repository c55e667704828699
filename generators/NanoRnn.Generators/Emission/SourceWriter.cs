using System.Text;

namespace NanoRnn.Generators.Emission;

/// <summary>Indented lines, ended by \n on every system.</summary>
internal sealed class SourceWriter
{
    private readonly StringBuilder _text = new();
    private int _depth;
    private bool _isBlockStart;

    /// <summary>A line, or a blank one, which is left out at the start of a block.</summary>
    public void Line(string line = "")
    {
        if (line.Length > 0)
            _text.Append(' ', _depth * 4).Append(line).Append('\n');
        else if (!_isBlockStart)
            _text.Append('\n');
        _isBlockStart = line == "{";
    }

    /// <summary>One line after the other.</summary>
    public void Lines(IEnumerable<string> lines)
    {
        foreach (var line in lines)
            Line(line);
    }

    /// <summary>A documentation comment.</summary>
    public void Summary(string text) => Line($"/// <summary>{text}</summary>");

    /// <summary>A header and a braced block that ends when the result is disposed.</summary>
    public Scope Block(string header)
    {
        Line(header);
        return Block();
    }

    public Scope Block()
    {
        Line("{");
        _depth++;
        return new Scope(this);
    }

    /// <summary>A loop over <paramref name="count"/> values, or, for a single one, a plain block without a loop.</summary>
    public Scope Loop(string variable, int count, int step = 1)
    {
        if (count > 1)
            return Block($"for (nint {variable} = 0; {variable} < {count * step}; {variable} += {step})");
        return Block();
    }

    public override string ToString() => _text.ToString();

    internal readonly struct Scope(SourceWriter writer) : IDisposable
    {
        public void Dispose()
        {
            writer._depth--;
            writer.Line("}");
        }
    }
}
