namespace NanoRnn.Tool.Formats;

/// <summary>Reads a file of any format that the tool knows, by what it begins with.</summary>
internal static class ModelFiles
{
    private const long LargestFile = int.MaxValue - (1 << 20);

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="layers">What layers a file of weights alone has; null if nothing is said.</param>
    /// <exception cref="ToolException">It cannot be read; the message begins with its path.</exception>
    public static ModelFile Read(string path, string? layers = null)
    {
        try
        {
            if (new FileInfo(path) is { Exists: true, Length: > LargestFile } large)
                throw new ToolException($"expected at most {LargestFile} bytes, found {large.Length}.");
            return Read(File.ReadAllBytes(path), layers);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ToolException($"{path}: {exception.Message}", exception);
        }
        catch (UnsupportedModelException exception)
        {
            throw new UnsupportedModelException($"{path}: {exception.Message}");
        }
        catch (ToolException exception)
        {
            throw new ToolException($"{path}: {exception.Message}", exception);
        }
    }

    /// <summary>Reads the bytes of a file.</summary>
    public static ModelFile Read(byte[] file, string? layers = null)
    {
        var line = layers is null ? null : LayerList.Parse(layers);
        if (file.Length == 0)
            throw new ToolException("expected a model, found an empty file.");
        if (file.AsSpan().StartsWith((ReadOnlySpan<byte>)[0x89, .. "HDF"u8]))
            return KerasModel.ReadHdf5(file, line);
        if (file.AsSpan().StartsWith("PK"u8))
            return KerasModel.ReadZip(file, line);
        if (IsSafeTensors(file))
        {
            var weights = SafeTensorsModel.Read(file);
            return line is null ? weights : weights with { Graph = SafeTensorsModel.Build(weights.Tensors, line, file.Length) };
        }

        return file.AsSpan().TrimStart(" \t\r\n"u8) is [(byte)'{', ..] ? AudioModels.Read(file) : OnnxReader.Read(file);
    }

    /// <summary>Whether JSON begins behind eight bytes of length.</summary>
    private static bool IsSafeTensors(byte[] file) => file.Length > 8 && file[8] == '{' && BitConverter.ToUInt64(file) < (ulong)file.Length;
}
