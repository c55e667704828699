using System.Text;
using System.Text.Json;
using NanoRnn.Tool.Graphs;
using NanoRnn.Tool.Operators;
using NanoRnn.Tool.Recognition;

namespace NanoRnn.Tool.Writing;

/// <summary>Inputs, and what the source model makes of them in double precision.</summary>
/// <param name="Inputs">Numbers of a sequence, or token ids.</param>
/// <param name="Outputs">What <c>Predict</c> should give.</param>
internal sealed record ModelCheck(float[] Inputs, double[] Outputs)
{
    /// <summary>Steps of a model that is called step by step.</summary>
    private const int CalledSteps = 16;

    /// <summary>Runs the graph.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="network">What it was recognised as.</param>
    public static ModelCheck Of(OperatorGraph graph, Network network)
    {
        var layout = network.Layout;
        var random = new RandomGenerator(seed: 1);
        var vocabulary = network.Values().OfType<Value.Embedding>().Select(embedding => embedding.Table.Length / embedding.Features).DefaultIfEmpty(1).Min();
        var states = graph.Inputs.Skip(1).ToDictionary(
            input => input.Name, input => Zeros(Array.ConvertAll(input.Shape, dimension => dimension ?? 1)), StringComparer.Ordinal);
        var (inputs, outputs) = (new List<float>(), new List<double>());
        for (var call = 0; call < (network.States.Count > 0 && layout.Steps == 1 ? CalledSteps : 1); call++)
        {
            var features = new float[layout.Steps * layout.Features];
            foreach (ref var feature in features.AsSpan())
                feature = layout.FeatureAxis is null ? (int)(random.NextUniform(0, vocabulary) * 0.999999f) : random.NextUniform(-1, 1);
            inputs.AddRange(features);
            states[layout.Input.Name] = Arrange(layout, features);
            var results = graph.Outputs.Zip(Interpreter.Run(graph, states)).ToDictionary(item => item.First, item => item.Second, StringComparer.Ordinal);
            foreach (var (input, output) in network.States)
                states[input] = results[output].Reshape(states[input].Shape);

            // The outputs of a step lie side by side.
            var steps = network.Outputs[0].Value.IsSequence ? layout.Steps : 1;
            for (var step = 0; step < steps; step++)
                foreach (var output in network.Outputs)
                    outputs.AddRange(output.Places.AsSpan(step * output.Value.Features, output.Value.Features).ToArray().Select(place => results[output.Name].Values[place]));
        }

        return new ModelCheck([.. inputs], [.. outputs]);
    }

    /// <summary>As JSON.</summary>
    public byte[] Write()
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteStartArray("inputs");
            foreach (var value in Inputs)
                json.WriteNumberValue(value);
            json.WriteEndArray();
            json.WriteStartArray("outputs");
            foreach (var value in Outputs)
                json.WriteNumberValue(value);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    private static Tensor Zeros(int[] shape) => new(shape, new double[Tensor.CountOf(shape)]);

    private static Tensor Arrange(InputLayout layout, float[] features)
    {
        var isFeatureFirst = layout.FeatureAxis < layout.TimeAxis;
        return new Tensor(layout.Shape, [.. features.Select((_, i) => (double)features[isFeatureFirst ? i % layout.Steps * layout.Features + i / layout.Steps : i])], layout.FeatureAxis is null);
    }
}
