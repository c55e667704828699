namespace NanoRnn.Onnx.Export;

/// <summary>The tensors of a model as ONNX has them, in which nothing is infinite.</summary>
/// <param name="weights">All tensors of the model.</param>
internal sealed class LayerTensors(WeightCollection weights)
{
    /// <summary>A tensor's elements, row by row.</summary>
    /// <exception cref="InvalidOperationException">One is NaN or infinite.</exception>
    public float[] Read(string name)
    {
        var tensor = weights[name];
        var values = tensor.ToArray();
        if (Array.FindIndex(values, value => !float.IsFinite(value)) is var index and >= 0)
        {
            var columns = tensor.Shape[^1];
            throw new InvalidOperationException(FormattableString.Invariant(
                $"Tensor '{name}' has the value {values[index]} at row {index / columns}, column {index % columns}; the model was not saved."));
        }

        return values;
    }

    /// <summary>The columns of a matrix as rows, in the order of ONNX's gates.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="gates">Which gate of the tensor each of ONNX's is.</param>
    public float[] ReadTransposed(string name, ReadOnlySpan<int> gates)
    {
        var values = Read(name);
        var (rows, columns) = (weights[name].Shape[0], weights[name].Shape[1]);
        var units = columns / gates.Length;
        var result = new float[values.Length];
        for (var column = 0; column < columns; column++)
        {
            var from = gates[column / units] * units + column % units;
            for (var row = 0; row < rows; row++)
                result[column * rows + row] = values[row * columns + from];
        }

        return result;
    }

    /// <summary>The kernel of a convolution with its dimensions in the other order: filters, features, steps.</summary>
    public float[] ReadReversed(string name)
    {
        var values = Read(name);
        var shape = weights[name].Shape;
        var (steps, features, filters) = (shape[0], shape[1], shape[2]);
        var result = new float[values.Length];
        for (var i = 0; i < result.Length; i++)
        {
            var (filter, feature, step) = (i / steps / features, i / steps % features, i % steps);
            result[i] = values[(step * features + feature) * filters + filter];
        }

        return result;
    }

    /// <summary>The biases of a recurrent layer, of the inputs and of the states; the latter are zero where the layer has none of its own.</summary>
    /// <param name="name">Name of the tensor.</param>
    /// <param name="gates">Which gate of the tensor each of ONNX's is.</param>
    public float[] ReadBiases(string name, ReadOnlySpan<int> gates)
    {
        var values = Read(name);
        var columns = weights[name].Shape[^1];
        var units = columns / gates.Length;
        var result = new float[2 * columns];
        for (var i = 0; i < values.Length; i++)
        {
            var (row, column) = (i / columns, i % columns);
            result[i] = values[row * columns + gates[column / units] * units + column % units];
        }

        return result;
    }
}
