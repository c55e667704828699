using NanoRnn.CompilerServices;

namespace NanoRnn.Behaviour;

/// <summary>Random sequences with targets that suit a model's last layer.</summary>
internal sealed class Samples
{
    public Samples(TestModel model, int count, int timeSteps, int seed = 1)
    {
        var layout = model.Layout;
        (Count, TimeSteps, InputSize) = (count, timeSteps, layout.InputSize);
        TargetSize = model.OutputLength(timeSteps);
        var random = new RandomGenerator((uint)seed);
        Inputs = new float[count * timeSteps * layout.InputSize];
        foreach (ref var input in Inputs.AsSpan())
            input = random.NextUniform(-1.5f, 1.5f);
        Targets = new float[count * TargetSize];
        for (var position = 0; position < Targets.Length; position += layout.OutputSize)
            FillTarget(layout, Targets.AsSpan(position, layout.OutputSize), ref random);
    }

    public int Count { get; }

    public int TimeSteps { get; }

    public int InputSize { get; }

    public int TargetSize { get; }

    public float[] Inputs { get; }

    public float[] Targets { get; }

    public ReadOnlySpan<float> InputsOf(int first, int count) =>
        Inputs.AsSpan(first * TimeSteps * InputSize, count * TimeSteps * InputSize);

    public ReadOnlySpan<float> TargetsOf(int first, int count) => Targets.AsSpan(first * TargetSize, count * TargetSize);

    public SequenceDataset ToDataset() => new(Inputs, Targets, TimeSteps, InputSize, TargetSize);

    private static void FillTarget(ModelLayout layout, Span<float> target, ref RandomGenerator random)
    {
        if (layout.OutputActivation == Activation.Softmax)
        {
            target[random.NextInt(target.Length)] = 1;
            return;
        }

        foreach (ref var value in target)
            value = layout.OutputActivation == Activation.Sigmoid ? random.NextInt(2) : random.NextUniform(-0.5f, 1);
    }
}
