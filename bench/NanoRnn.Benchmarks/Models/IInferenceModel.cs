namespace NanoRnn.Benchmarks.Models;

/// <summary>What every model of the inference tasks has. The generator writes all of it but <see cref="Start"/>.</summary>
internal interface IInferenceModel<TSteps>
    where TSteps : struct, ISteps
{
    WeightCollection Weights { get; }

    void Predict(ReadOnlySpan<float> sequence, Span<float> output);

    void PredictBatch(ReadOnlySpan<float> sequences, int timeSteps, Span<float> outputs);

    /// <summary>A new session from a zero state.</summary>
    TSteps Start();
}

/// <summary>
/// A model's session. Implementations are structs, so that code that is generic over them calls the session's own
/// <c>Step</c>: no delegate or interface stands between.
/// </summary>
internal interface ISteps
{
    void Step(ReadOnlySpan<float> x, Span<float> y);
}
