namespace NanoRnn.Benchmarks.Models;

/// <summary>One face for all models of the inference tasks, so that everything else is written once.</summary>
internal abstract class InferenceModel(WeightCollection weights)
{
    public WeightCollection Weights => weights;

    /// <summary>All steps in one call, from a zero state.</summary>
    public abstract void Predict(ReadOnlySpan<float> sequence, Span<float> outputs);

    public abstract void PredictBatch(ReadOnlySpan<float> sequences, int timeSteps, Span<float> outputs);

    /// <summary>One call for each step, with one session whose state goes on from call to call.</summary>
    public abstract void Stream(ReadOnlySpan<float> sequence, Span<float> outputs);
}

internal sealed class InferenceModel<TSteps>(IInferenceModel<TSteps> model) : InferenceModel(model.Weights)
    where TSteps : struct, ISteps
{
    private readonly TSteps _steps = model.Start();

    public override void Predict(ReadOnlySpan<float> sequence, Span<float> outputs) => model.Predict(sequence, outputs);

    public override void PredictBatch(ReadOnlySpan<float> sequences, int timeSteps, Span<float> outputs) =>
        model.PredictBatch(sequences, timeSteps, outputs);

    public override void Stream(ReadOnlySpan<float> sequence, Span<float> outputs)
    {
        for (var t = 0; t < sequence.Length; t++)
            _steps.Step(sequence.Slice(t, 1), outputs.Slice(t, 1));
    }
}
