namespace NanoRnn;

/// <summary>The mean of the outputs of several layers, feature by feature.</summary>
/// <param name="inputs">Names of two or more layers further up, or <c>"input"</c>, with as many features as each other, each at every time step or each once a sequence.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class AverageAttribute(params string[] inputs) : MergeLayerAttribute(inputs);
