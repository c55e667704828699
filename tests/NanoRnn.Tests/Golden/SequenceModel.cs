using NanoRnn.CompilerServices;
using NanoRnn.Reference;

namespace NanoRnn.Tests.Golden;

internal delegate void PredictCall<T>(ReadOnlySpan<T> sequence, Span<float> output);

internal delegate void PredictBatchCall<T>(ReadOnlySpan<T> sequences, int timeSteps, Span<float> outputs);

internal delegate void PredictLengthsCall<T>(
    ReadOnlySpan<T> sequences, int timeSteps, ReadOnlySpan<int> lengths, Span<float> outputs);

/// <summary>The ways to predict of a model that takes floats.</summary>
internal sealed record FloatCalls(
    PredictCall<float> Predict, PredictBatchCall<float> PredictBatch, PredictLengthsCall<float> PredictLengths);

/// <summary>The ways to predict of a model that takes tokens.</summary>
internal sealed record TokenCalls(
    PredictCall<int> Predict, PredictBatchCall<int> PredictBatch, PredictLengthsCall<int> PredictLengths);

/// <summary>
/// One face for the generated models that take whole sequences: of features or tokens, of any lengths, in both directions.
/// </summary>
internal abstract class SequenceModel
{
    public abstract ModelLayout Layout { get; }

    /// <summary>A tensor in Keras's layout, copied in and out.</summary>
    public abstract float[] this[string tensor] { get; set; }

    /// <summary>Predict, once for each sequence of a batch cut to its length; zeros behind its end.</summary>
    public abstract float[] PredictEach(SequenceBatch batch);

    /// <summary>One call of PredictBatch, with lengths if there are any.</summary>
    public abstract float[] PredictBatch(SequenceBatch batch);

    /// <summary>TrainBatch of a new trainer, always on one batch.</summary>
    public abstract Func<float> CreateTrainer(
        ReferenceLoss loss, Optimizer optimizer, SequenceBatch batch, float[] targets, int targetSteps = 0);
}

/// <summary>The face of <typeparamref name="TModel"/>; see <see cref="SequenceRegistry"/>.</summary>
internal sealed class SequenceModel<TModel>(
    TModel model, WeightCollection weights, FloatCalls? floats, TokenCalls? tokens) : SequenceModel
    where TModel : class, IRnnModel<TModel>
{
    private readonly ReferenceNetwork _shape = new(typeof(TModel));

    public override ModelLayout Layout => TModel.Layout;

    public override float[] this[string tensor]
    {
        get => weights[tensor].ToArray();
        set => weights[tensor].CopyFrom(value);
    }

    public override float[] PredictEach(SequenceBatch batch)
    {
        var stride = OutputLength(batch.TimeSteps);
        var outputs = new float[batch.Rows * stride];
        for (var row = 0; row < batch.Rows; row++)
        {
            var first = row * batch.TimeSteps * batch.InputSize;
            var count = batch.LengthOf(row) * batch.InputSize;
            var output = outputs.AsSpan(row * stride, OutputLength(batch.LengthOf(row)));
            if (batch.Tokens is not null)
                tokens!.Predict(batch.Tokens.AsSpan(first, count), output);
            else
                floats!.Predict(batch.Features.AsSpan(first, count), output);
        }

        return outputs;
    }

    public override float[] PredictBatch(SequenceBatch batch)
    {
        var outputs = new float[batch.Rows * OutputLength(batch.TimeSteps)];
        switch (batch)
        {
            case { Tokens: { } ids, Lengths: { } lengths }:
                tokens!.PredictLengths(ids, batch.TimeSteps, lengths, outputs);
                break;
            case { Tokens: { } ids }:
                tokens!.PredictBatch(ids, batch.TimeSteps, outputs);
                break;
            case { Lengths: { } lengths }:
                floats!.PredictLengths(batch.Features, batch.TimeSteps, lengths, outputs);
                break;
            default:
                floats!.PredictBatch(batch.Features, batch.TimeSteps, outputs);
                break;
        }

        return outputs;
    }

    public override Func<float> CreateTrainer(
        ReferenceLoss loss, Optimizer optimizer, SequenceBatch batch, float[] targets, int targetSteps = 0)
    {
        var trainer = new Trainer<TModel>(model, new TrainerOptions
        {
            Loss = loss.ToLoss(),
            Optimizer = optimizer,
            BatchSize = batch.Rows,
            TimeSteps = batch.TimeSteps,
            TargetSteps = targetSteps,
        });
        return batch switch
        {
            { Tokens: { } ids, Lengths: { } lengths } => () => trainer.TrainBatch(ids, targets, lengths),
            { Tokens: { } ids } => () => trainer.TrainBatch(ids, targets),
            { Lengths: { } lengths } => () => trainer.TrainBatch(batch.Features, targets, lengths),
            _ => () => trainer.TrainBatch(batch.Features, targets),
        };
    }

    private int OutputLength(int timeSteps) => _shape.OutputSteps(timeSteps) * _shape.OutputSize;
}
