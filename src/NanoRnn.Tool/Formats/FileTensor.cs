using NanoRnn.Tool.Graphs;

namespace NanoRnn.Tool.Formats;

/// <summary>A tensor of a file.</summary>
/// <param name="Name">Its name in the file.</param>
/// <param name="Type">Its type as safetensors spells it.</param>
/// <param name="Value">Its elements.</param>
/// <param name="Bytes">Bytes that it takes in the file.</param>
internal sealed record FileTensor(string Name, string Type, Tensor Value, long Bytes);
