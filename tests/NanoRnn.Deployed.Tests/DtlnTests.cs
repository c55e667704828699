using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace NanoRnn.Deployed.Tests;

/// <summary>The two parts of DTLN, one class each, beside double precision and ONNX Runtime.</summary>
public sealed class DtlnTests
{
    private const int Units = 128;

    [ModelsFact]
    public void MaskIsThatOfDoublePrecision()
    {
        var model = CreateMask();
        var expected = SafeTensors.Read(ModelsFactAttribute.PathOf("dtln", "expected_part1.safetensors"));
        var (magnitudes, mask) = (expected["magnitudes"], expected["mask"]);
        var outputs = new float[mask.Length];
        model.Predict(magnitudes, outputs);
        AssertClose(mask, outputs, 2.4e-6);

        // The state goes on over the blocks behind them.
        model.Predict([.. magnitudes, .. expected["last_magnitudes"]], outputs = new float[2 * mask.Length]);
        AssertClose(expected["last_mask_of_2000"], outputs.AsSpan(^257), 2.4e-6);
    }

    [ModelsFact]
    public void FilterIsThatOfOnnxRuntime()
    {
        const int Blocks = 500;
        var model = CreateFilter();
        using var session = model.CreateSession();
        using var onnx = new InferenceSession(ModelsFactAttribute.PathOf("dtln", "model_2.onnx"));
        var state = new DenseTensor<float>([1, 2, Units, 2]);
        var random = new Random(1);
        var output = new float[512];
        for (var block = 0; block < Blocks; block++)
        {
            float[] samples = [.. Enumerable.Range(0, 512).Select(i => 0.1f * MathF.Sin(0.02f * i * (1 + block % 7)) + 0.02f * (random.NextSingle() - 0.5f))];
            session.Step(samples, output);
            using var results = onnx.Run(
            [
                NamedOnnxValue.CreateFromTensor("input_4", new DenseTensor<float>(samples, [1, 1, 512])), NamedOnnxValue.CreateFromTensor("input_5", state),
            ]);
            AssertClose([.. results[0].AsTensor<float>()], output, 2e-6);
            state = results[1].AsTensor<float>().ToDenseTensor();
        }
    }

    internal static DtlnMask CreateMask()
    {
        var tensors = OnnxInitializers.Read(ModelsFactAttribute.PathOf("dtln", "model_1.onnx"));
        var model = new DtlnMask();
        SetOnnxLstm(model.Weights, "lstm", tensors, "lstm_4", inputs: 257);
        SetOnnxLstm(model.Weights, "lstm_1", tensors, "lstm_5", Units);
        model.Weights["dense.kernel"].CopyFrom(tensors["dense_2/kernel:0"]);
        model.Weights["dense.bias"].CopyFrom(tensors["dense_2/bias:0"]);
        return model;
    }

    /// <summary>Of the file with LSTMs made of single operators, whose matrices are Keras's.</summary>
    internal static DtlnFilter CreateFilter()
    {
        var tensors = OnnxInitializers.Read(ModelsFactAttribute.PathOf("dtln", "model_2.onnx"));
        var model = new DtlnFilter();
        Set("encoder.kernel", Transpose(tensors["conv1d_2/kernel:0"], rows: 256, columns: 512));
        Set("layer_normalization.gamma", Of("instant_layer_normalization_1/mul"));
        Set("layer_normalization.beta", Of("instant_layer_normalization_1/add_1"));
        foreach (var (layer, name) in new[] { ("lstm_6", "lstm"), ("lstm_7", "lstm_1") })
        {
            Set(name + ".kernel", Of(layer + "/MatMul"));
            Set(name + ".recurrent_kernel", Of(layer + "/MatMul_1"));
            Set(name + ".bias", Of(layer + "/BiasAdd"));
        }

        Set("mask.kernel", tensors["model_2/dense_3/Tensordot/Reshape_1:0"]);
        Set("mask.bias", Of("dense_3/BiasAdd"));
        Set("decoder.kernel", Transpose(tensors["conv1d_3/kernel:0"], rows: 512, columns: 256));
        return model;

        void Set(string name, float[] values) => model.Weights[name].CopyFrom(values);

        float[] Of(string name) => tensors[$"model_2/{name}/ReadVariableOp/resource:0"];
    }

    /// <summary>ONNX has gates in the order i, o, f, c, units in rows, and two biases.</summary>
    private static void SetOnnxLstm(WeightCollection weights, string name, Dictionary<string, float[]> tensors, string onnx, int inputs)
    {
        weights[name + ".kernel"].CopyFrom(ToKeras(tensors[onnx + "_W"], inputs));
        weights[name + ".recurrent_kernel"].CopyFrom(ToKeras(tensors[onnx + "_R"], Units));
        var biases = tensors[onnx + "_B"];
        float[] sum = [.. biases.Take(4 * Units).Zip(biases.Skip(4 * Units), (w, r) => w + r)];
        weights[name + ".bias"].CopyFrom(ToKeras(sum, 1));
    }

    private static float[] ToKeras(float[] tensor, int columns)
    {
        int[] gates = [0, 2, 3, 1];
        var result = new float[tensor.Length];
        for (var gate = 0; gate < gates.Length; gate++)
            for (var unit = 0; unit < Units; unit++)
                for (var column = 0; column < columns; column++)
                    result[(column * gates.Length + gate) * Units + unit] = tensor[(gates[gate] * Units + unit) * columns + column];
        return result;
    }

    private static float[] Transpose(float[] matrix, int rows, int columns)
    {
        var result = new float[matrix.Length];
        for (var row = 0; row < rows; row++)
            for (var column = 0; column < columns; column++)
                result[column * rows + row] = matrix[row * columns + column];
        return result;
    }

    private static void AssertClose(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        var largest = 0.0;
        for (var i = 0; i < expected.Length; i++)
            largest = Math.Max(largest, Math.Abs((double)expected[i] - actual[i]));
        Assert.InRange(largest, 0, tolerance);
    }
}
