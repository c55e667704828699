using Denoiser;
using global::Samples;

namespace NanoRnn.Samples.Tests;

public class DenoiserTests
{
    private static readonly Voice[] Voices = Voice.Load(Path.Combine(AppContext.BaseDirectory, "data", "recordings.tar.gz"));
    private static readonly (Voice[] Heard, Voice[] Unheard) Parts = Voice.Split(Voices);

    [Theory]
    [InlineData(NoiseKind.White, 8)]
    [InlineData(NoiseKind.Pink, 8)]
    [InlineData(NoiseKind.Resonant, 5)]
    [InlineData(NoiseKind.Hum, 7)]
    [InlineData(NoiseKind.Clicks, 5)]
    [InlineData(NoiseKind.Babble, 0.5)]
    [InlineData(NoiseKind.Motor, 5)]
    public void ShippedModelTakesNoiseFromUnheardVoices(NoiseKind kind, double leastGain)
    {
        var quality = DenoiserTest.Measure(DenoiserModel.Pretrained, Parts.Unheard, kind, ratio: 0, count: 6);
        Assert.InRange(quality.Before, -0.3, 0.3);
        Assert.InRange(quality.Gain, leastGain, 20);
        if (kind != NoiseKind.Babble)
            Assert.InRange(quality.VoiceAccuracy, 0.75, 1);
    }

    [Fact]
    public void LearnsInTwoEpochs()
    {
        var model = DenoiserTraining.Train(Parts.Heard, seed: 0, epochs: 2);
        var quality = DenoiserTest.Measure(model, Parts.Unheard, NoiseKind.White, ratio: 0, count: 6);
        Assert.InRange(quality.Gain, 4, 20);
    }

    [Fact]
    public void StreamAllocatesNothing()
    {
        using var suppressor = new NoiseSuppressor(DenoiserModel.Pretrained);
        float[] input = [.. Enumerable.Range(0, Frames.Hop).Select(i => 0.1f * MathF.Sin(i))];
        var output = new float[Frames.Hop];
        suppressor.Process(input, output);
        var bytes = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
            suppressor.Process(input, output);
        Assert.Equal(bytes, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void WhatTheModelLeavesAloneComesBackAsItWas()
    {
        // Gains of 1, whatever comes: biases far on the sigmoid's upper side.
        var model = new DenoiserModel(seed: 1);
        model.Weights["gains.kernel"].CopyFrom(new float[72 * Bands.Count]);
        model.Weights["gains.bias"].CopyFrom([.. Enumerable.Repeat(100f, Bands.Count)]);
        var samples = DenoiserTest.CreateMixture(Parts.Unheard, NoiseKind.White, ratio: 10, number: 0).Noisy[..8037];
        var (left, voice) = NoiseSuppressor.Process(model, samples);
        Assert.Equal(samples.Length, left.Length);
        Assert.Equal(101, voice.Length);
        for (var i = 0; i < samples.Length; i++)
            Assert.Equal(samples[i], left[i], 1e-6f);
    }

    [Fact]
    public void BandsShareEveryBin()
    {
        double[] bins = [.. Enumerable.Range(1, Bands.Bins).Select(bin => (double)bin)];
        var bands = new double[Bands.Count];
        Bands.Sum(bins, bands);
        Assert.Equal(bins.Sum(), bands.Sum(), 1e-9);
        Bands.Spread([.. Enumerable.Range(0, Bands.Count).Select(band => band % 2f)], bins);
        Assert.Equal([0, 0.5, 1, 0.5, 0], bins[..5]);
    }

    [Fact]
    public void MixturesAreAsLoudAsTheyShouldBe()
    {
        foreach (var kind in Enum.GetValues<NoiseKind>())
        {
            var mixture = DenoiserTest.CreateMixture(Parts.Unheard, kind, ratio: 7, number: 1);
            Assert.Equal(7, 10 * Math.Log10(Energy(mixture.Clean) / Energy(mixture.Noise)), 1e-3);
            Assert.NotEqual(mixture.Noise, DenoiserTest.CreateMixture(Parts.Unheard, kind, ratio: 7, number: 2).Noise);
        }

        static double Energy(float[] samples) => samples.Sum(sample => (double)sample * sample);
    }

    [Fact]
    public void NoMixtureComesTwiceInTraining()
    {
        var data = new TrainingData(Parts.Heard, seed: 3);
        var first = data.NextPart().GetInput(0).ToArray();
        Assert.NotEqual(first, data.NextPart().GetInput(0).ToArray());
        Assert.Equal(first, new TrainingData(Parts.Heard, seed: 3).NextPart().GetInput(0).ToArray());
    }

    [Fact]
    public void VoicesOfTheTestAreNotHeard()
    {
        Assert.Equal(["george", "jackson", "lucas", "yweweler"], Parts.Heard.Select(voice => voice.Name));
        Assert.Equal(["nicolas", "theo"], Parts.Unheard.Select(voice => voice.Name));
        Assert.All(Voices, voice => Assert.Equal(80, voice.Recordings.Length));
    }

    [Fact]
    public void DistortionHasNoScale()
    {
        // A tenth of the energy beside the clean sound, whatever the volume.
        float[] clean = [1, -1, 1, -1];
        var beside = MathF.Sqrt(0.1f);
        float[] sound = [3 * (1 + beside), 3 * (-1 + beside), 3 * (1 - beside), 3 * (-1 - beside)];
        Assert.Equal(10, Quality.Distortion(clean, sound), 1e-5);
    }

    [Fact]
    public void FilesOfSamplesComeBack()
    {
        var path = Path.GetTempFileName();
        try
        {
            short[] samples = [1, -2, short.MaxValue, short.MinValue];
            Wave.Save(path, Samples16.FromFloats([.. Samples16.ToFloats(samples), 2]));
            Assert.Equal([.. samples, short.MaxValue], Wave.Read(File.ReadAllBytes(path), path));
        }
        finally
        {
            File.Delete(path);
        }
    }
}
