using System.Globalization;

namespace Edge;

/// <summary>Collects lines for standard output. Allocates nothing.</summary>
internal sealed class LineWriter
{
    private const int MaxNumberLength = 32;

    private readonly byte[] _buffer = new byte[4096];
    private int _length;

    /// <summary>Adds a line with a number, in the fewest digits that give the same float when they are read.</summary>
    public void WriteLine(float number)
    {
        if (_buffer.Length - _length <= MaxNumberLength)
            Flush();
        number.TryFormat(_buffer.AsSpan(_length), out var length, default, CultureInfo.InvariantCulture);
        _length += length;
        _buffer[_length++] = (byte)'\n';
    }

    /// <summary>Hands all lines to the operating system.</summary>
    public void Flush()
    {
        StandardStream.Write(StandardStream.Output, _buffer.AsSpan(0, _length));
        _length = 0;
    }
}
