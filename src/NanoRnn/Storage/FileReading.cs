namespace NanoRnn.Storage;

/// <summary>Reads whole files.</summary>
internal static class FileReading
{
    /// <summary>Reads so many bytes as a file has when it is opened.</summary>
    /// <exception cref="ModelFileException">It is no file, or too long.</exception>
    public static byte[] Read(string path)
    {
        // Opening a pipe waits for whoever writes to it; a device may have no end.
        if (FileStatus.FindOther(path) is { } other)
            throw SafeTensorsReader.Error(path, $"expected a file, found {other}.");
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        if (!stream.CanSeek)
            throw SafeTensorsReader.Error(path, "expected a file, found something that cannot be read from its start.");
        if (stream.Length > Array.MaxLength)
            throw SafeTensorsReader.Error(path, $"the file has {stream.Length} bytes; at most {Array.MaxLength} can be loaded.");
        var bytes = new byte[stream.Length];
        var found = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);

        // A range of the array itself would bring reflection on array types into native binaries, 260 kB of it.
        return found == bytes.Length ? bytes : bytes.AsSpan(0, found).ToArray();
    }
}
