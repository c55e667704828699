using System.IO.Compression;
using Listen;
using Samples;

namespace SpokenDigits;

/// <summary>Recordings as the data set has them, and as features in a file of a tenth of the size.</summary>
public static class RecordingArchive
{
    /// <summary>The features of the recordings in a .tar.gz file.</summary>
    /// <inheritdoc cref="SpokenRecording.ReadArchive"/>
    public static SpokenDigit[] Convert(string path)
    {
        var logMel = new LogMel();
        return Array.ConvertAll(
            SpokenRecording.ReadArchive(path),
            recording => new SpokenDigit(recording.Digit, recording.Speaker, recording.Index, logMel.Compute(recording.Samples)));
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
}
