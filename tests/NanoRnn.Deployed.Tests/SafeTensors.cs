using System.Runtime.InteropServices;
using System.Text.Json;

namespace NanoRnn.Deployed.Tests;

/// <summary>All tensors of a safetensors file of floats.</summary>
internal static class SafeTensors
{
    public static Dictionary<string, float[]> Read(string path)
    {
        var file = File.ReadAllBytes(path);
        var start = sizeof(long) + (int)BitConverter.ToInt64(file);
        return JsonDocument.Parse(file.AsMemory(sizeof(long), start - sizeof(long))).RootElement.EnumerateObject()
            .Where(item => item.Name != "__metadata__")
            .ToDictionary(item => item.Name, item =>
            {
                var offsets = item.Value.GetProperty("data_offsets");
                var (begin, end) = (offsets[0].GetInt32(), offsets[1].GetInt32());
                return MemoryMarshal.Cast<byte, float>(file.AsSpan(start + begin, end - begin)).ToArray();
            });
    }
}
