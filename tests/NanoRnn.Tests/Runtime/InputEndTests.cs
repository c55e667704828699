using static NanoRnn.Tests.Runtime.InputEndModels;

namespace NanoRnn.Tests.Runtime;

/// <summary>Nothing behind the caller's input takes part, wherever a row ends.</summary>
public class InputEndTests
{
    [Fact]
    public void ActivationFirst() => AssertIgnoresWhatFollows(new Activated().Predict, Activated.InputSize, Activated.OutputSize);

    [Fact]
    public void WideActivationFirst() => AssertIgnoresWhatFollows(new WidelyActivated().Predict, WidelyActivated.InputSize, WidelyActivated.OutputSize);

    [Fact]
    public void DropoutAndDenseFirst() => AssertIgnoresWhatFollows(new Dropped().Predict, Dropped.InputSize, Dropped.OutputSize);

    [Fact]
    public void NormalizationFirst() => AssertIgnoresWhatFollows(new Normalized().Predict, Normalized.InputSize, Normalized.OutputSize);

    [Fact]
    public void ScalingFirst() => AssertIgnoresWhatFollows(new Scaled().Predict, Scaled.InputSize, Scaled.OutputSize);

    private static void AssertIgnoresWhatFollows(Golden.PredictCall predict, int inputSize, int outputSize)
    {
        var memory = new float[3 * inputSize + 64];
        memory.AsSpan().Fill(float.NaN);
        for (var i = 0; i < 3 * inputSize; i++)
            memory[i] = 0.1f * i - 1;
        var output = new float[3 * outputSize];
        predict(memory.AsSpan(0, 3 * inputSize), output);
        Assert.DoesNotContain(output, value => !float.IsFinite(value));
        var again = new float[output.Length];
        memory.AsSpan(3 * inputSize).Fill(7);
        predict(memory.AsSpan(0, 3 * inputSize), again);
        Assert.Equal(output, again);
    }
}
