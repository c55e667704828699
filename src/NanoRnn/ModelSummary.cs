using System.Collections.Immutable;

namespace NanoRnn;

/// <summary>One layer's row in a <see cref="ModelSummary"/>.</summary>
/// <param name="Name">Name of the layer, such as <c>lstm_1</c>.</param>
/// <param name="Type">Kind of layer, such as <c>Lstm</c>.</param>
/// <param name="OutputShape">Shape of the output as Keras prints it, such as <c>(None, None, 50)</c>: batch, time, features.</param>
/// <param name="ParameterCount">Trainable parameters.</param>
/// <param name="WeightBytes">Bytes of the packed weights, with padding.</param>
/// <param name="StateBytes">Bytes of state and scratch for one sequence.</param>
/// <param name="TapeBytesPerStep">Bytes that training keeps for one time step of one sequence.</param>
public sealed record LayerSummary(
    string Name, string Type, string OutputShape, int ParameterCount, int WeightBytes, int StateBytes, int TapeBytesPerStep);

/// <summary>The layers of a model with their shapes, parameters and bytes; <see cref="ToString"/> prints Keras's table.</summary>
/// <param name="ModelName">Name of the class.</param>
/// <param name="Layers">The layers in order.</param>
public sealed record ModelSummary(string ModelName, ImmutableArray<LayerSummary> Layers)
{
    /// <summary>Trainable parameters of all layers.</summary>
    public int ParameterCount => Layers.Sum(layer => layer.ParameterCount);
}
