using System.Diagnostics.CodeAnalysis;
using Microsoft.CodeAnalysis;

namespace NanoRnn.Generators.Parsing.Weights;

/// <summary>
/// A file of weights among the project's additional files. It stands for its content without holding it: a file that is written again
/// has another time or length.
/// </summary>
/// <remarks>
/// The compiler shows additional files as text, and weights are not text, so this type reads from disk. Nothing else does. The compiler
/// and editors give a file that changed to the generator anew, which makes a new <see cref="WeightsFile"/>; as long as it equals the old one
/// nothing is read.
/// </remarks>
/// <param name="Path">The file's full path.</param>
/// <param name="Length">Its bytes; −1 if there is no such file.</param>
/// <param name="LastWriteTime">When it was written, in ticks of universal time.</param>
[SuppressMessage("MicrosoftCodeAnalysisCorrectness", "RS1035:Do not use APIs banned for analyzers", Justification = "There is no other way to the bytes.")]
internal sealed record WeightsFile(string Path, long Length, long LastWriteTime)
{
    public static bool IsMatch(AdditionalText file) => file.Path.EndsWith(".safetensors", StringComparison.OrdinalIgnoreCase);

    public static WeightsFile Of(AdditionalText file, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var information = new FileInfo(file.Path);
        return new WeightsFile(file.Path, information.Exists ? information.Length : -1, information.LastWriteTimeUtc.Ticks);
    }

    public string Name => System.IO.Path.GetFileName(Path);

    /// <summary>Whether the file's path ends with another, folder by folder, whichever slashes they have.</summary>
    public bool IsAt(string end) => ("/" + WithSlashes(Path)).EndsWith("/" + WithSlashes(end), StringComparison.Ordinal);

    /// <summary>The whole content: as many bytes as the file says that it has, since a device has no end.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It must not be read.</exception>
    public byte[] Read()
    {
        using var stream = new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.Read);
        var bytes = new byte[checked((int)stream.Length)];
        var found = 0;
        for (var count = -1; count != 0 && found < bytes.Length; found += count)
            count = stream.Read(bytes, found, bytes.Length - found);
        return found == bytes.Length ? bytes : [.. bytes.Take(found)];
    }

    private static string WithSlashes(string path) => path.Replace('\\', '/');
}
