using System.Globalization;
using System.Text;

namespace Edge;

/// <summary>Reads numbers from standard input, one a line. Allocates nothing but the message about a line that is no number.</summary>
internal sealed class NumberReader
{
    private const int MaxShown = 40;

    private readonly byte[] _buffer = new byte[4096];
    private int _start;
    private int _end;
    private bool _isAtEnd;
    private long _line;

    /// <summary>Whether the next line is here, so that reading it will not wait.</summary>
    public bool HasLine => _isAtEnd || _buffer.AsSpan(_start, _end - _start).Contains((byte)'\n');

    /// <summary>The next number. Lines that are no number are told on standard error and left out.</summary>
    /// <returns>False at the end.</returns>
    public bool TryRead(out float number)
    {
        while (TryReadLine(out var line, out var isWhole))
        {
            _line++;
            line = line.Trim(" \t\r"u8);
            if (isWhole && float.TryParse(line, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && float.IsFinite(number))
                return true;
            Report(line);
        }

        number = 0;
        return false;
    }

    /// <summary>The next line without its end; of a line that is longer than the buffer what came last.</summary>
    private bool TryReadLine(out ReadOnlySpan<byte> line, out bool isWhole)
    {
        isWhole = true;
        while (true)
        {
            var rest = _buffer.AsSpan(_start, _end - _start);
            var length = rest.IndexOf((byte)'\n');
            if (length >= 0 || (_isAtEnd && !(rest.IsEmpty && isWhole)))
            {
                line = length >= 0 ? rest[..length] : rest;
                _start += length >= 0 ? length + 1 : rest.Length;
                return true;
            }

            line = default;
            if (_isAtEnd)
                return false;
            isWhole &= rest.Length < _buffer.Length;
            Fill(rest);
        }
    }

    private void Fill(Span<byte> rest)
    {
        if (rest.Length == _buffer.Length)
            rest = default;
        rest.CopyTo(_buffer);
        (_start, _end) = (0, rest.Length);
        var count = StandardStream.Read(StandardStream.Input, _buffer.AsSpan(_end));
        _end += count;
        _isAtEnd = count == 0;
    }

    private void Report(ReadOnlySpan<byte> line)
    {
        var shown = Encoding.UTF8.GetString(line[..Math.Min(line.Length, MaxShown)]);
        Message.Write($"line {_line}: expected a number such as -12.5, found '{shown}{(line.Length > MaxShown ? "…" : "")}'; the line is left out.");
    }
}
