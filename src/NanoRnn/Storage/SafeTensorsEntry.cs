using NanoRnn.CompilerServices;

namespace NanoRnn.Storage;

/// <summary>A tensor's entry in the header of a safetensors file.</summary>
/// <param name="Name">Name of the tensor.</param>
/// <param name="Type">Type of its elements.</param>
/// <param name="Shape">Its dimensions.</param>
/// <param name="Begin">Index in the data of its first byte.</param>
/// <param name="End">Index after its last byte.</param>
internal readonly record struct SafeTensorsEntry(string Name, ElementType Type, long[] Shape, long Begin, long End);
