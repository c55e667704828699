using System.Buffers.Binary;
using System.Text;

namespace NanoRnn.Weights.Tests;

/// <summary>The header of a file is strict JSON, however it is written.</summary>
public sealed class HeaderTests
{
    private readonly byte[] _file = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Files", "forecaster.safetensors"));

    private string Header => Encoding.UTF8.GetString(_file.AsSpan(8, HeaderLength));

    private int HeaderLength => (int)BinaryPrimitives.ReadUInt64LittleEndian(_file);

    [Theory]
    [InlineData("\"lstm.bias\"", "\"\\u006cstm.bi\\u0061s\"")]
    [InlineData(":", " :\t")]
    [InlineData(",", "\r\n , \n")]
    [InlineData("\"nanornn\"", "\"\\\"\\\\\\/\\b\\f\\n\\r\\t \\uD83D\\uDE00 \u00e4\u20ac\U0001F600\"")]
    public void HeaderMayBeWrittenInOtherWays(string from, string to)
    {
        Assert.Contains(from, Header, StringComparison.Ordinal);
        Forecaster.Load(With(Encoding.UTF8.GetBytes(Header.Replace(from, to, StringComparison.Ordinal))));
    }

    [Theory]
    [InlineData("\"F32\"", "\"F32", "not valid JSON")]
    [InlineData("\"F32\"", "\"F\\x32\"", "an escape that JSON does not know")]
    [InlineData("\"F32\"", "\"F\\u00g2\"", "an escape that JSON does not know")]
    [InlineData("\"F32\"", "\"F\\u+062\"", "an escape that JSON does not know")]
    [InlineData("\"F32\"", "\"F\\u00\"", "an escape that JSON does not know")]
    [InlineData("\"F32\"", "\"F\\uDE00\"", "half of a surrogate pair")]
    [InlineData("\"F32\"", "\"F\\uD83D\\uD83D\"", "half of a surrogate pair")]
    [InlineData("\"F32\"", "\"F\n\"", "byte 0x0A at position")]
    [InlineData("\"F32\"", "\"F99\"", "found F99")]
    [InlineData("\"F32\"", "\"f32\"", "found f32")]
    [InlineData("\"F32\"", "\"0\"", "found 0")]
    [InlineData("\"F32\"", "true", "expected JSON String, found True")]
    [InlineData("\"F32\"", "false", "expected JSON String, found False")]
    [InlineData("\"F32\"", "null", "expected JSON String, found Null")]
    [InlineData("\"F32\"", "F32", "byte 0x46 at position")]
    [InlineData("\"F32\",", "\"F32\",,", "byte 0x2C at position")]
    [InlineData("\"F32\",", "\"F32\" ", "byte 0x22 at position")]
    [InlineData("\"dtype\":", "\"dtype\" ", "byte 0x22 at position")]
    [InlineData("[8,32]", "[08,32]", "not an integer")]
    [InlineData("[8,32]", "[8e0,32]", "not an integer")]
    [InlineData("[8,32]", "[8.0,32]", "not an integer")]
    [InlineData("[8,32]", "[+8,32]", "byte 0x2B at position")]
    [InlineData("[8,32]", "[8,32,]", "element 2 is not an integer")]
    [InlineData("[8,32]", "[8 32]", "byte 0x33 at position")]
    [InlineData("[8,32]", "[8,32", "element 2 is not an integer")]
    [InlineData("[8,32]", "[]", "needs 4 bytes, data_offsets have 1024")]
    [InlineData("{\"__metadata__\"", "\uFEFF{\"__metadata__\"", "byte 0xEF at position 0")]
    public void WhatIsNotJsonIsRefused(string from, string to, string expected)
    {
        Assert.Contains(from, Header, StringComparison.Ordinal);
        AssertRefused(Encoding.UTF8.GetBytes(Header.Replace(from, to, StringComparison.Ordinal)), expected);
    }

    [Theory]
    [InlineData((byte)0xC0)]
    [InlineData((byte)0xFF)]
    [InlineData((byte)0x80)]
    public void BytesThatAreNotUtf8AreRefused(byte wrong)
    {
        var header = Encoding.UTF8.GetBytes(Header);
        header[Header.IndexOf("F32", StringComparison.Ordinal)] = wrong;
        AssertRefused(header, "a string is not UTF-8");
    }

    [Fact]
    public void HeaderThatIsCutOffAnywhereIsRefused()
    {
        var header = Encoding.UTF8.GetBytes(Header.TrimEnd());
        for (var length = 0; length < header.Length; length++)
            AssertRefused(header[..length], "");
    }

    private void AssertRefused(byte[] header, string expected) => Assert.Contains(
        expected, Assert.Throws<ModelFileException>(() => Forecaster.Load(With(header))).Message, StringComparison.Ordinal);

    private byte[] With(byte[] header)
    {
        var length = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
        return [.. length, .. header, .. _file.AsSpan(8 + HeaderLength)];
    }
}
