namespace NanoRnn.Deployed.Tests;

/// <summary>RNNoise as one class, beside its outputs in double precision.</summary>
public sealed class RnNoiseTests
{
    private const double Tolerance = 2e-6;

    [ModelsFact]
    public void GivesTheReferencesOutputs()
    {
        var model = RnNoise.Load(ModelsFactAttribute.PathOf("rnnoise", "rnnoise-0.1.safetensors"));
        var expected = SafeTensors.Read(ModelsFactAttribute.PathOf("rnnoise", "expected.safetensors"));
        var (features, gains, speech) = (expected["features"], expected["gains"], expected["vad"]);
        var frames = speech.Length;
        var (whole, batch, stream) = (new float[frames * RnNoise.OutputSize], new float[2 * frames * RnNoise.OutputSize], new float[RnNoise.OutputSize]);
        model.Predict(features, whole);
        model.PredictBatch([.. features, .. features], frames, batch);
        using var session = model.CreateSession();
        for (var frame = 0; frame < frames; frame++)
        {
            session.Step(features.AsSpan(frame * RnNoise.InputSize, RnNoise.InputSize), stream);
            for (var band = 0; band < 22; band++)
                Assert.Equal(gains[frame * 22 + band], stream[RnNoise.Outputs.DenoiseOutput][band], Tolerance);
            Assert.Equal(speech[frame], stream[RnNoise.Outputs.VadOutput][0], Tolerance);

            // Every way through the network has the same bits.
            Assert.Equal(stream, whole.AsSpan(frame * RnNoise.OutputSize, RnNoise.OutputSize).ToArray());
            Assert.Equal(stream, batch.AsSpan(frame * RnNoise.OutputSize, RnNoise.OutputSize).ToArray());
            Assert.Equal(stream, batch.AsSpan((frames + frame) * RnNoise.OutputSize, RnNoise.OutputSize).ToArray());
        }
    }
}
