namespace NanoRnn;

/// <summary>Elman network: <c>h = activation(x·W + h·U + b)</c>.</summary>
/// <param name="units">Number of units, at least 1.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class SimpleRnnAttribute(int units) : RecurrentLayerAttribute(units);
