using System.Runtime.InteropServices;
using NanoRnn.Behaviour.Tests;

namespace NanoRnn.Weights.Tests.PyTorch;

/// <summary>The files that <c>tests/golden/pytorch/generate.py</c> has written.</summary>
internal static class PyTorchFiles
{
    public static string PathOf(string name, string type = "f32") => Path.Combine(AppContext.BaseDirectory, "pytorch", $"{name}.{type}.safetensors");

    public static List<StoredTensor> Read(string name, string type = "f32") => SafeTensorsFile.Parse(File.ReadAllBytes(PathOf(name, type)));

    /// <summary>Inputs (<c>inputs</c>) and what PyTorch made of them with the weights of a type (<c>F32</c>, …), both two sequences.</summary>
    public static T[] Expected<T>(string name, string tensor)
        where T : unmanaged =>
        MemoryMarshal.Cast<byte, T>(Read(name, "expected").Single(candidate => candidate.Name == tensor).Data).ToArray();
}
