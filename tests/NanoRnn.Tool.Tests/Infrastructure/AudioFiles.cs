using System.Text;

namespace NanoRnn.Tool.Tests.Infrastructure;

/// <summary>Small files of audio plug-ins, of numbers that are sines of their places.</summary>
internal static class AudioFiles
{
    public static byte[] RtNeural() => Text($$"""
        {"in_shape":[null,null,1],"layers":[
        {"type":"gru","activation":"","shape":[null,null,3],"weights":[{{Matrix(1, 9, 1)}},{{Matrix(3, 9, 2)}},{{Matrix(2, 9, 3)}}]},
        {"type":"dense","activation":"tanh","shape":[null,null,2],"weights":[{{Matrix(3, 2, 4)}},{{Row(2, 5)}}]}]}
        """);

    public static byte[] GuitarMl() => Text($$"""
        {"model_data":{"model":"SimpleRNN","input_size":1,"skip":1,"output_size":1,"unit_type":"LSTM","num_layers":1,"hidden_size":3,"bias_fl":true},
        "state_dict":{"rec.weight_ih_l0":{{Matrix(12, 1, 1)}},"rec.weight_hh_l0":{{Matrix(12, 3, 2)}},"rec.bias_ih_l0":{{Row(12, 3)}},"rec.bias_hh_l0":{{Row(12, 4)}},
        "lin.weight":{{Matrix(1, 3, 5)}},"lin.bias":{{Row(1, 6)}} } }
        """);

    /// <param name="initial">Factor of the learned initial states.</param>
    public static byte[] Nam(double initial)
    {
        // One layer: rows over input and state together, biases, states; then the head.
        double[] weights = [.. Numbers(12 * 4, 1), .. Numbers(12, 2), .. Numbers(6, 3).Select(value => initial * value), .. Numbers(3, 4), .. Numbers(1, 5)];
        return Text($$"""{"version":"0.5.4","architecture":"LSTM","config":{"num_layers":1,"input_size":1,"hidden_size":3},"weights":[{{string.Join(',', weights)}}]}""");
    }

    /// <summary>Sines of the places.</summary>
    public static double[] Numbers(int count, int phase) => [.. Enumerable.Range(0, count).Select(i => Math.Round(Math.Sin(1.3 * i + phase), 3))];

    private static string Row(int count, int phase) => $"[{string.Join(',', Numbers(count, phase))}]";

    private static string Matrix(int rows, int columns, int phase) => $"[{string.Join(',', Numbers(rows * columns, phase).Chunk(columns).Select(row => $"[{string.Join(',', row)}]"))}]";

    private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);
}
