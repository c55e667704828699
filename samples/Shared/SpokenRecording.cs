using System.Formats.Tar;
using System.Globalization;
using System.IO.Compression;
using System.Text.RegularExpressions;

namespace Samples;

/// <summary>A recording of a spoken digit, as the Free Spoken Digit Dataset has them.</summary>
/// <param name="Digit">0 to 9.</param>
/// <param name="Speaker">Who says it.</param>
/// <param name="Index">Which of the speaker's recordings of it, 0 to 49.</param>
/// <param name="Samples">8,000 a second.</param>
internal sealed partial record SpokenRecording(int Digit, string Speaker, int Index, short[] Samples)
{
    /// <summary>Reads <c>{digit}_{speaker}_{index}.wav</c> from a .tar.gz file.</summary>
    /// <returns>In the order of digits, speakers and indices, whatever that of the archive is.</returns>
    /// <exception cref="InvalidDataException">The file is no such archive.</exception>
    /// <exception cref="IOException">A recording is not what it should be.</exception>
    public static SpokenRecording[] ReadArchive(string path)
    {
        using var tar = new TarReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        var recordings = new List<SpokenRecording>();
        while (tar.GetNextEntry() is { } entry)
        {
            if (NamePattern().Match(Path.GetFileName(entry.Name)) is not { Success: true } match)
                continue;
            var bytes = new byte[entry.Length];
            entry.DataStream!.ReadExactly(bytes);
            recordings.Add(new SpokenRecording(Number(match.Groups[1]), match.Groups[2].Value, Number(match.Groups[3]), Wave.Read(bytes, entry.Name)));
        }

        return [.. recordings.OrderBy(recording => recording.Digit)
            .ThenBy(recording => recording.Speaker, StringComparer.Ordinal).ThenBy(recording => recording.Index)];

        static int Number(Group group) => int.Parse(group.ValueSpan, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"^(\d)_([a-z]+)_(\d+)\.wav$")]
    private static partial Regex NamePattern();
}
