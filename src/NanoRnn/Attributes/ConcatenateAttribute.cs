namespace NanoRnn;

/// <summary>The features of several layers side by side, in the order in which they are named.</summary>
/// <param name="inputs">Names of two or more layers further up, or <c>"input"</c>: each at every time step, or each once a sequence.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class ConcatenateAttribute(params string[] inputs) : MergeLayerAttribute(inputs);
