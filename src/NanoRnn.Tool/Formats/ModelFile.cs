using NanoRnn.Tool.Graphs;

namespace NanoRnn.Tool.Formats;

/// <summary>A model as a reader has found it.</summary>
/// <param name="Format">What the format is called.</param>
/// <param name="Graph">Its operators; null where the file has weights alone.</param>
/// <param name="Tensors">Its tensors by name, in the order of the file.</param>
/// <param name="Metadata">What else the file says.</param>
internal sealed record ModelFile(string Format, OperatorGraph? Graph, IReadOnlyList<FileTensor> Tensors, IReadOnlyList<KeyValuePair<string, string>> Metadata);
