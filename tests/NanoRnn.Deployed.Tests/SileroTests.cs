using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace NanoRnn.Deployed.Tests;

/// <summary>Silero's detector of voice activity as one class, beside ONNX Runtime over a minute of speech.</summary>
public sealed class SileroTests
{
    private const int Units = 128;
    private const int Samples = 512;
    private const int Context = 64;
    private const int WavHeader = 44;
    private const float IsSpeech = 0.5f;
    private const double Tolerance = 2e-6;

    [ModelsFact]
    public void ProbabilitiesAreThoseOfOnnxRuntime()
    {
        var model = Create();
        var chunks = ReadChunks();
        var whole = new float[chunks.Count];
        model.Predict([.. chunks.SelectMany(chunk => chunk)], whole);
        using var session = model.CreateSession();
        using var onnx = new InferenceSession(ModelsFactAttribute.PathOf("silero", "silero_vad_16k_op15.onnx"));
        var state = new DenseTensor<float>([2, 1, Units]);
        var rate = new DenseTensor<long>(new long[] { 16000 }, []);
        var (speech, output) = (0, new float[1]);
        for (var i = 0; i < chunks.Count; i++)
        {
            session.Step(chunks[i], output);
            Assert.Equal(output[0], whole[i]);
            using var results = onnx.Run(
            [
                NamedOnnxValue.CreateFromTensor("input", new DenseTensor<float>(chunks[i], [1, Samples + Context])),
                NamedOnnxValue.CreateFromTensor("state", state),
                NamedOnnxValue.CreateFromTensor("sr", rate),
            ]);
            var expected = results[0].AsTensor<float>().Single();
            Assert.Equal(expected, output[0], Tolerance);
            Assert.Equal(expected >= IsSpeech, output[0] >= IsSpeech);
            speech += output[0] >= IsSpeech ? 1 : 0;
            state = results[1].AsTensor<float>().ToDenseTensor();
        }

        Assert.InRange(speech, chunks.Count / 4, chunks.Count);
    }

    internal static SileroVad Create()
    {
        var tensors = OnnxInitializers.Read(ModelsFactAttribute.PathOf("silero", "silero_vad_16k_op15.onnx"));
        var model = new SileroVad();
        var basis = tensors["model.stft.forward_basis_buffer"];
        Set("cosines.kernel", Transpose(basis[..(basis.Length / 2)], filters: 129));
        Set("sines.kernel", Transpose(basis[(basis.Length / 2)..], filters: 129));
        foreach (var (layer, filters) in new[] { (0, 128), (1, 64), (2, 64), (3, 128) })
        {
            Set($"encoder_{layer}.kernel", TransposeTaps(tensors[$"model.encoder.{layer}.reparam_conv.weight"], filters));
            Set($"encoder_{layer}.bias", tensors[$"model.encoder.{layer}.reparam_conv.bias"]);
        }

        Set("lstm.kernel", Transpose(tensors["model.decoder.rnn.weight_ih"], 4 * Units));
        Set("lstm.recurrent_kernel", Transpose(tensors["model.decoder.rnn.weight_hh"], 4 * Units));
        Set("lstm.bias", [.. tensors["model.decoder.rnn.bias_ih"].Zip(tensors["model.decoder.rnn.bias_hh"], (a, b) => a + b)]);
        Set("dense.kernel", tensors["model.decoder.decoder.2.weight"]);
        Set("dense.bias", tensors["model.decoder.decoder.2.bias"]);
        return model;

        void Set(string name, float[] values) => model.Weights[name].CopyFrom(values);
    }

    /// <summary>The samples of the recording, each chunk behind the end of the one before.</summary>
    internal static List<float[]> ReadChunks()
    {
        var recording = MemoryMarshal.Cast<byte, short>(File.ReadAllBytes(ModelsFactAttribute.PathOf("speech-16k.wav")).AsSpan(WavHeader)).ToArray();
        float[] samples = [.. new float[Context], .. recording.Select(sample => sample / 32768f)];
        return [.. Enumerable.Range(0, (samples.Length - Context) / Samples).Select(i => samples[(i * Samples)..((i + 1) * Samples + Context)])];
    }

    private static float[] Transpose(float[] matrix, int filters)
    {
        var columns = matrix.Length / filters;
        return [.. Enumerable.Range(0, matrix.Length).Select(i => matrix[i % filters * columns + i / filters])];
    }

    /// <summary>From filters × channels × taps to taps × channels × filters.</summary>
    private static float[] TransposeTaps(float[] kernel, int filters)
    {
        const int Taps = 3;
        var channels = kernel.Length / filters / Taps;
        return
        [
            .. from tap in Enumerable.Range(0, Taps)
               from channel in Enumerable.Range(0, channels)
               from filter in Enumerable.Range(0, filters)
               select kernel[(filter * channels + channel) * Taps + tap],
        ];
    }
}
