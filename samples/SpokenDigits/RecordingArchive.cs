using System.Formats.Tar;
using System.Globalization;
using System.IO.Compression;
using System.Text.RegularExpressions;
using Listen;

namespace SpokenDigits;

/// <summary>Recordings as the data set has them, and as features in a file of a tenth of the size.</summary>
public static partial class RecordingArchive
{
    /// <summary>Reads <c>{digit}_{speaker}_{index}.wav</c> from a .tar.gz file.</summary>
    /// <returns>In the order of digits, speakers and indices, whatever that of the archive is.</returns>
    /// <exception cref="InvalidDataException">The file is no such archive.</exception>
    /// <exception cref="IOException">A recording is not what it should be.</exception>
    public static SpokenDigit[] Convert(string path)
    {
        using var tar = new TarReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        var logMel = new LogMel();
        var recordings = new List<SpokenDigit>();
        while (tar.GetNextEntry() is { } entry)
        {
            if (NamePattern().Match(Path.GetFileName(entry.Name)) is not { Success: true } match)
                continue;
            var bytes = new byte[entry.Length];
            entry.DataStream!.ReadExactly(bytes);
            recordings.Add(new SpokenDigit(
                Number(match.Groups[1]), match.Groups[2].Value, Number(match.Groups[3]), logMel.Compute(Wave.Read(bytes, entry.Name))));
        }

        return [.. recordings.OrderBy(recording => recording.Digit)
            .ThenBy(recording => recording.Speaker, StringComparer.Ordinal).ThenBy(recording => recording.Index)];

        static int Number(Group group) => int.Parse(group.ValueSpan, CultureInfo.InvariantCulture);
    }

    /// <summary>Writes a file of features: for each recording digit, speaker, index, length and bytes; compressed with gzip.</summary>
    public static void Save(IReadOnlyCollection<SpokenDigit> recordings, string path)
    {
        using var writer = new BinaryWriter(new GZipStream(File.Create(path), CompressionLevel.SmallestSize));
        writer.Write(recordings.Count);
        foreach (var recording in recordings)
        {
            writer.Write((byte)recording.Digit);
            writer.Write(recording.Speaker);
            writer.Write((byte)recording.Index);
            writer.Write(recording.Features.Length);
            writer.Write(recording.Features);
        }
    }

    /// <summary>Reads a file that <see cref="Save"/> has written.</summary>
    /// <exception cref="InvalidDataException">It is no such file, or ends too early.</exception>
    public static SpokenDigit[] Load(string path)
    {
        using var reader = new BinaryReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        try
        {
            var recordings = new SpokenDigit[reader.ReadInt32()];
            foreach (ref var recording in recordings.AsSpan())
            {
                var (digit, speaker, index) = (reader.ReadByte(), reader.ReadString(), reader.ReadByte());
                var features = new byte[reader.ReadInt32()];
                reader.BaseStream.ReadExactly(features);
                if (digit > 9 || features.Length == 0 || features.Length % LogMel.Bands != 0)
                    throw new InvalidDataException($"{path}: expected a digit and frames of {LogMel.Bands} bytes, found {digit} and {features.Length} bytes.");
                recording = new SpokenDigit(digit, speaker, index, features);
            }

            return recordings;
        }
        catch (EndOfStreamException exception)
        {
            throw new InvalidDataException($"{path} ends too early.", exception);
        }
    }

    [GeneratedRegex(@"^(\d)_([a-z]+)_(\d+)\.wav$")]
    private static partial Regex NamePattern();
}
