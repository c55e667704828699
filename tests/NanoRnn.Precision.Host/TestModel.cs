using NanoRnn.CompilerServices;

namespace NanoRnn.Reduced;

/// <summary>One face for instances of all model classes.</summary>
internal abstract class TestModel
{
    public abstract ModelLayout Layout { get; }

    public abstract ModelSummary Summary { get; }

    public abstract WeightCollection Weights { get; }

    public abstract AlignedBuffer PackedWeights { get; }

    /// <summary>All that the model computes from the same inputs, by activity.</summary>
    public abstract IReadOnlyDictionary<string, float[]> Compute();

    public abstract void Save(string path);

    /// <summary>A model of the same class from a file.</summary>
    public abstract TestModel Load(string path);

    public abstract TestModel Load(ReadOnlySpan<byte> file);
}

internal sealed class TestModel<TModel>(TModel model, Activity<TModel> compute) : TestModel
    where TModel : class, IModel<TModel>
{
    public override ModelLayout Layout => TModel.Layout;

    public override ModelSummary Summary => TModel.Summary;

    public override WeightCollection Weights => model.Weights;

    public override AlignedBuffer PackedWeights => model.PackedWeights;

    public override IReadOnlyDictionary<string, float[]> Compute() => compute(model, TModel.Layout);

    public override void Save(string path) => model.Save(path);

    public override TestModel Load(string path) => new TestModel<TModel>(TModel.Load(path), compute);

    public override TestModel Load(ReadOnlySpan<byte> file) => new TestModel<TModel>(TModel.Load(file), compute);
}
