using System.Buffers.Binary;

namespace Samples;

/// <summary>Recordings in WAV files of 8,000 samples a second, 16 bits, one channel.</summary>
internal static class Wave
{
    /// <summary>Samples a second.</summary>
    public const int SampleRate = 8000;

    private const int Pcm = 1;
    private const int Header = 8;
    private const int FormatSize = 16;

    /// <summary>The samples of a file.</summary>
    /// <param name="file">Its bytes.</param>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="IOException">It is no WAV file, or one of another kind.</exception>
    public static short[] Read(ReadOnlySpan<byte> file, string name)
    {
        if (file.Length < 12 || !file[..4].SequenceEqual("RIFF"u8) || !file[8..12].SequenceEqual("WAVE"u8))
            throw new IOException($"{name} is no WAV file: it should begin with RIFF, a length and WAVE.");
        var isKnown = false;
        for (var rest = file[12..]; rest.Length >= Header;)
        {
            var kind = rest[..4];
            var size = BinaryPrimitives.ReadUInt32LittleEndian(rest[4..]);
            var body = rest[Header..];
            if (size > body.Length)
                throw new IOException($"{name}: a part of {size} bytes is cut off after {body.Length}.");
            body = body[..(int)size];
            if (kind.SequenceEqual("fmt "u8))
            {
                CheckFormat(body, name);
                isKnown = true;
            }
            else if (kind.SequenceEqual("data"u8))
            {
                return isKnown ? ToSamples(body) : throw new IOException($"{name}: the samples come before their format.");
            }

            // Parts begin at even places.
            rest = rest[Math.Min(rest.Length, Header + body.Length + body.Length % 2)..];
        }

        throw new IOException($"{name} has no samples.");
    }

    /// <summary>Writes a file.</summary>
    /// <param name="path">Where to.</param>
    /// <param name="samples">Its samples.</param>
    public static void Save(string path, ReadOnlySpan<short> samples)
    {
        using var writer = new BinaryWriter(File.Create(path));
        var size = samples.Length * sizeof(short);
        writer.Write("RIFF"u8);
        writer.Write(4 + Header + FormatSize + Header + size);
        writer.Write("WAVEfmt "u8);
        writer.Write(FormatSize);
        writer.Write((short)Pcm);
        writer.Write((short)1);
        writer.Write(SampleRate);
        writer.Write(SampleRate * sizeof(short));
        writer.Write((short)sizeof(short));
        writer.Write((short)16);
        writer.Write("data"u8);
        writer.Write(size);
        foreach (var sample in samples)
            writer.Write(sample);
    }

    private static void CheckFormat(ReadOnlySpan<byte> format, string name)
    {
        if (format.Length < FormatSize)
            throw new IOException($"{name}: the format has {format.Length} bytes; expected {FormatSize} or more.");
        var (encoding, channels) = (BinaryPrimitives.ReadUInt16LittleEndian(format), BinaryPrimitives.ReadUInt16LittleEndian(format[2..]));
        var (rate, bits) = (BinaryPrimitives.ReadUInt32LittleEndian(format[4..]), BinaryPrimitives.ReadUInt16LittleEndian(format[14..]));
        if ((encoding, channels, rate, bits) != (Pcm, 1, SampleRate, 16))
        {
            throw new IOException(
                $"{name} has the encoding {encoding}, {channels} channels, {rate} samples a second, {bits} bits; " +
                $"expected {Pcm} (PCM), 1, {SampleRate}, 16.");
        }
    }

    private static short[] ToSamples(ReadOnlySpan<byte> data)
    {
        var samples = new short[data.Length / sizeof(short)];
        for (var i = 0; i < samples.Length; i++)
            samples[i] = BinaryPrimitives.ReadInt16LittleEndian(data[(i * sizeof(short))..]);
        return samples;
    }
}
