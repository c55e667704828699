using System.IO.Compression;

namespace Samples;

/// <summary>The data of a sample, which lies beside its program.</summary>
internal static class DataFile
{
    /// <param name="name">The file's name in the folder data.</param>
    public static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, "data", name);

    /// <summary>Reads a text file that may be compressed with gzip.</summary>
    /// <param name="path">The file; compressed if its name ends with .gz.</param>
    /// <exception cref="InvalidDataException">It should be compressed, and is not.</exception>
    public static StreamReader OpenText(string path)
    {
        var file = File.OpenRead(path);
        return new StreamReader(path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file);
    }
}
