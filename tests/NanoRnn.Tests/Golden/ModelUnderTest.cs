using NanoRnn.CompilerServices;
using NanoRnn.Reference;

namespace NanoRnn.Tests.Golden;

internal delegate void PredictCall(ReadOnlySpan<float> sequence, Span<float> output);

/// <summary>Step and Reset of one session.</summary>
internal sealed record SessionCalls(PredictCall Step, Action Reset);

internal delegate float TrainBatchCall(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets);

/// <summary>One face for all generated model classes, so that one theory runs over many of them.</summary>
internal abstract class ModelUnderTest
{
    public abstract ModelLayout Layout { get; }

    /// <summary>A tensor in Keras's layout, copied in and out.</summary>
    public abstract float[] this[string tensor] { get; set; }

    /// <summary>One call of Predict.</summary>
    public abstract void Predict(ReadOnlySpan<float> sequence, Span<float> output);

    /// <summary>One call of PredictBatch.</summary>
    public abstract void PredictBatch(ReadOnlySpan<float> sequences, int timeSteps, Span<float> outputs);

    /// <summary>Steps a session through each sequence of a batch, with a reset between them; the output of every step.</summary>
    public abstract float[] StepThrough(float[] sequences, int timeSteps);

    /// <summary>TrainBatch of a new trainer.</summary>
    public abstract TrainBatchCall CreateTrainer(ReferenceLoss loss, Optimizer optimizer, int batchSize, int timeSteps);

    /// <summary>Floats of the output for one sequence.</summary>
    public int OutputLength(int timeSteps) => Layout.OutputSize * (Layout.ReturnsSequences ? timeSteps : 1);

    /// <summary>Predict, once for each sequence of a batch.</summary>
    public float[] PredictEach(float[] sequences, int timeSteps)
    {
        var (stride, length) = (timeSteps * Layout.InputSize, OutputLength(timeSteps));
        var outputs = new float[sequences.Length / stride * length];
        for (var row = 0; row * stride < sequences.Length; row++)
            Predict(sequences.AsSpan(row * stride, stride), outputs.AsSpan(row * length, length));

        return outputs;
    }
}

/// <summary>
/// The face of <typeparamref name="TModel"/>; see <see cref="ModelRegistry"/>.
/// </summary>
internal sealed class ModelUnderTest<TModel>(
    TModel model, WeightCollection weights, PredictCall predict, Func<SessionCalls> createSession) : ModelUnderTest
    where TModel : class, IRnnModel<TModel>, ISequencePredictor<float>
{
    public override ModelLayout Layout => TModel.Layout;

    public override float[] this[string tensor]
    {
        get => weights[tensor].ToArray();
        set => weights[tensor].CopyFrom(value);
    }

    public override void Predict(ReadOnlySpan<float> sequence, Span<float> output) => predict(sequence, output);

    public override void PredictBatch(ReadOnlySpan<float> sequences, int timeSteps, Span<float> outputs) =>
        model.PredictBatch(sequences, timeSteps, outputs);

    public override float[] StepThrough(float[] sequences, int timeSteps)
    {
        var session = createSession();
        var (inputSize, outputSize) = (Layout.InputSize, Layout.OutputSize);
        var steps = sequences.Length / inputSize;
        var outputs = new float[steps * outputSize];
        for (var i = 0; i < steps; i++)
        {
            if (i % timeSteps == 0)
                session.Reset();

            session.Step(sequences.AsSpan(i * inputSize, inputSize), outputs.AsSpan(i * outputSize, outputSize));
        }

        return outputs;
    }

    public override TrainBatchCall CreateTrainer(ReferenceLoss loss, Optimizer optimizer, int batchSize, int timeSteps)
    {
        var options = new TrainerOptions
        {
            Loss = loss.ToLoss(),
            Optimizer = optimizer,
            BatchSize = batchSize,
            TimeSteps = timeSteps,
        };
        return new Trainer<TModel>(model, options).TrainBatch;
    }
}
