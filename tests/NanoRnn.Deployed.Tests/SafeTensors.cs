using System.Runtime.InteropServices;
using NanoRnn.Behaviour.Tests;

namespace NanoRnn.Deployed.Tests;

/// <summary>All tensors of a safetensors file of floats.</summary>
internal static class SafeTensors
{
    public static Dictionary<string, float[]> Read(string path) => SafeTensorsFile.Parse(File.ReadAllBytes(path))
        .ToDictionary(tensor => tensor.Name, tensor => MemoryMarshal.Cast<byte, float>(tensor.Data).ToArray());
}
