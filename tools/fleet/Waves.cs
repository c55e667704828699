namespace NanoRnn.FleetSimulation;

/// <summary>The data of devices: each has waves of an amplitude and a frequency of its own, so that none knows them all.</summary>
internal static class Waves
{
    public const int Steps = 12;

    public static SequenceDataset Create(int count, Func<int, (double Amplitude, double Frequency)> wave, Random random)
    {
        var (inputs, targets) = (new float[count * Steps], new float[count]);
        for (var i = 0; i < count; i++)
        {
            var ((amplitude, frequency), phase) = (wave(i), random.NextDouble() * 2 * Math.PI);
            for (var step = 0; step < Steps; step++)
                inputs[i * Steps + step] = Value(step);
            targets[i] = Value(Steps);

            float Value(int step) => (float)(amplitude * Math.Sin(phase + frequency * step) + 0.02 * (random.NextDouble() - 0.5));
        }

        return new(inputs, targets, Steps, 1, 1);
    }

    public static (double Amplitude, double Frequency) Any(Random random) => (0.5 + random.NextDouble(), 0.2 + 0.8 * random.NextDouble());
}
