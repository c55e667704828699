using NanoRnn.CompilerServices;

namespace NanoRnn.Behaviour;

internal delegate void SpanCall(ReadOnlySpan<float> input, Span<float> output);

/// <summary>One face for instances of all model classes, so that a check is written once.</summary>
internal abstract class TestModel
{
    public abstract ModelLayout Layout { get; }

    public string Name => Layout.ModelName;

    public abstract ReadOnlySpan<float> PackedWeights { get; }

    public abstract void Predict(ReadOnlySpan<float> sequence, Span<float> output);

    public abstract void PredictBatch(ReadOnlySpan<float> sequences, int timeSteps, Span<float> outputs);

    /// <summary>Step of a new session.</summary>
    public abstract SpanCall OpenSession();

    public abstract TestTrainer CreateTrainer(TrainerOptions options);

    public abstract void Save(string path);

    /// <summary>A model of the same class from a file.</summary>
    public abstract TestModel Load(string path);

    public abstract TestModel Load(ReadOnlySpan<byte> file);

    /// <summary>Floats of the output for one sequence.</summary>
    public int OutputLength(int timeSteps) => Layout.OutputSize * (Layout.ReturnsSequences ? timeSteps : 1);

    /// <summary>A loss that suits the last layer.</summary>
    public Loss SuitableLoss() => Layout.OutputActivation switch
    {
        Activation.Softmax => Loss.CategoricalCrossentropy,
        Activation.Sigmoid => Loss.BinaryCrossentropy,
        Activation.Tanh => Loss.MeanAbsoluteError,
        Activation.Softplus => Loss.Huber(0.2f),
        _ => Loss.MeanSquaredError,
    };
}

internal sealed class TestModel<TModel>(TModel model, Func<TModel, SpanCall> openSession) : TestModel
    where TModel : class, ITestModel<TModel>
{
    public override ModelLayout Layout => TModel.Layout;

    public override ReadOnlySpan<float> PackedWeights => model.PackedWeights.Span;

    public override void Predict(ReadOnlySpan<float> sequence, Span<float> output) => model.Predict(sequence, output);

    public override void PredictBatch(ReadOnlySpan<float> sequences, int timeSteps, Span<float> outputs) =>
        model.PredictBatch(sequences, timeSteps, outputs);

    public override SpanCall OpenSession() => openSession(model);

    public override TestTrainer CreateTrainer(TrainerOptions options) =>
        new TestTrainer<TModel>(new Trainer<TModel>(model, options));

    public override void Save(string path) => model.Save(path);

    public override TestModel Load(string path) => new TestModel<TModel>(TModel.Load(path), openSession);

    public override TestModel Load(ReadOnlySpan<byte> file) => new TestModel<TModel>(TModel.Load(file), openSession);
}

/// <summary>One face for the trainers of all model classes.</summary>
internal abstract class TestTrainer : IDisposable
{
    public abstract void Dispose();

    public abstract float TrainBatch(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets);

    public abstract History Fit(
        SequenceDataset training, int epochs, SequenceDataset? validation, params Callback[] callbacks);

    public abstract float Evaluate(SequenceDataset dataset);
}

internal sealed class TestTrainer<TModel>(Trainer<TModel> trainer) : TestTrainer
    where TModel : class, IRnnModel<TModel>
{
    public override void Dispose() => trainer.Dispose();

    public override float TrainBatch(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets) =>
        trainer.TrainBatch(inputs, targets);

    public override History Fit(
        SequenceDataset training, int epochs, SequenceDataset? validation, params Callback[] callbacks) =>
        trainer.Fit(training, epochs, validation, callbacks);

    public override float Evaluate(SequenceDataset dataset) => trainer.Evaluate(dataset);
}
