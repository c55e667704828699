using NanoRnn;

namespace Tutorials;

[RnnModel(InputSize = 1)]
[SimpleRnn(2, Activation = Activation.Linear)]
[Dense(1, Activation = Activation.Linear)]
public sealed partial class TinyModel;

/// <summary>Shows the weights of a network of two units and computes its output again from the formula.</summary>
public static class OutputByHand
{
    public const string Title = "Compute a network's output by hand from its weights";

    public static void Run(TextWriter output)
    {
        var model = new TinyModel(seed: 42);

        // A new bias is zero; other numbers show where it goes.
        model.Weights["simple_rnn.bias"].CopyFrom([0.1f, -0.2f]);
        model.Weights["dense.bias"].CopyFrom([0.3f]);
        foreach (var tensor in model.Weights)
            output.WriteLine($"{tensor,-34} = [{string.Join(", ", tensor.ToArray().Select(value => $"{value:F4}"))}]");
        output.WriteLine();

        float[] x = [1, 2, 3];
        var predicted = new float[TinyModel.OutputSize];
        model.Predict(x, predicted);

        var wx = model.Weights["simple_rnn.kernel"];
        var wh = model.Weights["simple_rnn.recurrent_kernel"];
        var bh = model.Weights["simple_rnn.bias"];
        var wy = model.Weights["dense.kernel"];
        var by = model.Weights["dense.bias"];

        float[] h = [0, 0];
        output.WriteLine("h(0) = [0.0000, 0.0000], then h(t) = x(t) wx + h(t-1) wh + bh:");
        for (var t = 0; t < x.Length; t++)
        {
            h =
            [
                x[t] * wx[0, 0] + h[0] * wh[0, 0] + h[1] * wh[1, 0] + bh[0],
                x[t] * wx[0, 1] + h[0] * wh[0, 1] + h[1] * wh[1, 1] + bh[1],
            ];
            output.WriteLine($"h({t + 1}) = [{h[0]:F4}, {h[1]:F4}]");
        }

        var byHand = h[0] * wy[0, 0] + h[1] * wy[1, 0] + by[0];
        output.WriteLine();
        output.WriteLine($"By hand, h(3) wy + by: {byHand:F6}");
        output.WriteLine($"Predicted:             {predicted[0]:F6}");
    }
}
