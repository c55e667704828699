namespace NanoRnn.Fleet.Tests;

/// <summary>Moves every weight by numbers that depend on device and round alone.</summary>
internal sealed class FixedTraining(SmallModel model, int device, int samples = 10) : ILocalTraining
{
    private readonly WeightVector _vector = WeightVector.Of(model);

    public int Samples => samples;

    public int Runs { get; private set; }

    public float Run(int round, float proximalTerm)
    {
        Runs++;
        var weights = new float[_vector.Length];
        _vector.CopyTo(weights);
        var random = new Random(1000 * device + round);
        for (var i = 0; i < _vector.TrainableLength; i++)
            weights[i] += 0.01f * (random.NextSingle() - 0.3f);
        _vector.CopyFrom(weights);
        return device;
    }
}
