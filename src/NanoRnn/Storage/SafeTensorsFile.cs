using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using NanoRnn.CompilerServices;

namespace NanoRnn.Storage;

/// <summary>A safetensors file in the making: all tensors are declared, then their bytes are written in the same order.</summary>
internal sealed class SafeTensorsFile
{
    private const int HeaderAlignment = 8;

    private readonly StringBuilder _header = new();
    private byte[] _bytes = [];
    private int _dataLength;
    private int _position;

    /// <summary>A file of ours.</summary>
    /// <param name="layout">The model, of which the metadata tell.</param>
    /// <param name="metadata">What else they tell.</param>
    public SafeTensorsFile(ModelLayout layout, params ReadOnlySpan<KeyValuePair<string, string>> metadata)
    {
        _header.Append("{\"__metadata__\":{");
        AppendPair(ModelDescription.FormatKey, ModelDescription.Format);
        _header.Append(',');
        AppendPair("model", layout.ModelName);
        if (layout.Description is not null)
        {
            _header.Append(',');
            AppendPair(ModelDescription.Key, layout.Description);
        }

        foreach (var (key, value) in metadata)
        {
            _header.Append(',');
            AppendPair(key, value);
        }

        _header.Append('}');
    }

    /// <summary>The next tensor that the file will have.</summary>
    public void Declare(string name, ElementType type, ImmutableArray<int> shape)
    {
        var size = Elements.SizeOf(type);
        foreach (var dimension in shape)
            size = checked(size * dimension);
        var end = checked(_dataLength + size);
        _header.Append(
            CultureInfo.InvariantCulture,
            $",{Quote(name)}:{{\"dtype\":\"{Elements.NameOf(type)}\",\"shape\":[{string.Join(',', shape)}],\"data_offsets\":[{_dataLength},{end}]}}");
        _dataLength = end;
    }

    /// <summary>Writes the header. No tensor can be declared after it.</summary>
    public void StartData()
    {
        var header = _header.Append('}').ToString();
        var headerLength = (header.Length + HeaderAlignment - 1) / HeaderAlignment * HeaderAlignment;
        _bytes = new byte[checked(SafeTensorsReader.PrefixLength + headerLength + _dataLength)];
        BinaryPrimitives.WriteUInt64LittleEndian(_bytes, (ulong)headerLength);
        Encoding.ASCII.GetBytes(header.PadRight(headerLength), _bytes.AsSpan(SafeTensorsReader.PrefixLength));
        _position = SafeTensorsReader.PrefixLength + headerLength;
    }

    /// <summary>Where the next bytes of data go.</summary>
    public Span<byte> Next(int count)
    {
        var next = _bytes.AsSpan(_position, count);
        _position += count;
        return next;
    }

    /// <summary>The whole file, once all data has been written.</summary>
    public byte[] GetBytes() => _bytes;

    private void AppendPair(string key, string value) => _header.Append(Quote(key)).Append(':').Append(Quote(value));

    private static string Quote(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var character in text)
        {
            if (character is >= ' ' and <= '~' and not ('"' or '\\'))
                quoted.Append(character);
            else
                quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:X4}");
        }

        return quoted.Append('"').ToString();
    }
}
