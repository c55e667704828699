using static NanoRnn.Tests.Runtime.ParameterCountModels;

namespace NanoRnn.Tests.Runtime;

/// <summary>Numbers of parameters as Keras prints them for the same layers.</summary>
public class ParameterCountTests
{
    [Fact]
    public void LayersHaveTheParametersOfKeras()
    {
        Assert.Equal(
            [
                ("embedding", "(None, None, 16)", 1600), ("lstm", "(None, None, 40)", 5920), ("dropout", "(None, None, 40)", 0),
                ("layer_normalization", "(None, None, 40)", 80), ("gru", "(None, 10)", 3120), ("repeat_vector", "(None, 6, 10)", 0),
                ("simple_rnn", "(None, 6, 7)", 126), ("activation", "(None, 6, 7)", 0), ("dense", "(None, 6, 3)", 24),
            ],
            Stack.Summary.Layers.Select(layer => (layer.Name, layer.OutputShape, layer.ParameterCount)));
        Assert.Equal(10870, Stack.ParameterCount);
        Assert.Equal(Stack.ParameterCount, new Stack().Weights.Sum(tensor => tensor.Count));
    }
}
