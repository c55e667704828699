using System.Runtime.InteropServices;
using NanoRnn.Benchmarks.Models;

namespace NanoRnn.Benchmarks.Rows;

/// <summary>Models that <c>bench/peers/export_models.py</c> wrote: PyTorch's weights, and its outputs for one signal.</summary>
internal sealed class ModelFolder(string path)
{
    private const float Tolerance = 1e-5f;

    public float[] ReadSignal() => Read("signal.f32", Signal.Steps);

    /// <summary>
    /// PyTorch's tensors are the transposes of Keras's. Its GRU has reset and update the other way round; every cell has two
    /// biases, which only the GRU keeps apart.
    /// </summary>
    public void LoadWeights(InferenceModel model, Cell cell, int units)
    {
        if (model.Weights is not [var kernel, var recurrentKernel, var bias, var denseKernel, var denseBias])
            throw new InvalidDataException($"A model has {model.Weights.Count} tensors; expected 5.");
        int[] gates = cell == Cell.Gru ? [1, 0, 2] : [.. Enumerable.Range(0, cell.CountGates())];
        var columns = kernel.Count;
        var values = Read(
            FileName(cell, units, "weights"), kernel.Count + recurrentKernel.Count + 2 * columns + denseKernel.Count + denseBias.Count);
        var position = 0;
        var weights = Next(kernel.Count);
        var recurrentWeights = Next(recurrentKernel.Count);
        var inputBias = Next(columns);
        var recurrentBias = Next(columns);
        denseKernel.CopyFrom(Next(denseKernel.Count));
        denseBias.CopyFrom(Next(denseBias.Count));

        for (var column = 0; column < columns; column++)
        {
            var source = gates[column / units] * units + column % units;
            kernel[0, column] = weights[source];
            for (var row = 0; row < units; row++)
                recurrentKernel[row, column] = recurrentWeights[source * units + row];
            if (cell == Cell.Gru)
                (bias[0, column], bias[1, column]) = (inputBias[source], recurrentBias[source]);
            else
                bias[column] = inputBias[source] + recurrentBias[source];
        }

        float[] Next(int count) => values[position..(position += count)];
    }

    /// <exception cref="InvalidDataException">An output is further from PyTorch's than rounding explains.</exception>
    public void Check(ReadOnlySpan<float> outputs, string task, Cell cell, int units)
    {
        var expected = Read(FileName(cell, units, "expected"), outputs.Length);
        for (var t = 0; t < outputs.Length; t++)
        {
            if (!(Math.Abs(outputs[t] - expected[t]) < Tolerance))
            {
                throw new InvalidDataException(FormattableString.Invariant(
                    $"{task} {cell} {units}: output {t} is {outputs[t]}, expected {expected[t]}."));
            }
        }
    }

    private static string FileName(Cell cell, int units, string what) =>
        FormattableString.Invariant($"{cell.ToRowName()}_{units}.{what}.f32");

    private float[] Read(string name, int count)
    {
        float[] values = [.. MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(Path.Combine(path, name)))];
        return values.Length == count
            ? values
            : throw new InvalidDataException($"{name} has {values.Length} floats; expected {count}.");
    }
}
