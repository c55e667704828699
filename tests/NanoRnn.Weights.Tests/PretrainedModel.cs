using NanoRnn.CompilerServices;

namespace NanoRnn.Weights.Tests;

/// <summary>One model class.</summary>
internal sealed class PretrainedModel<TModel>(string file, Func<TModel> pretrained, Func<TModel> loadPretrained) : IPretrainedModel
    where TModel : class, IPackedModel<TModel>
{
    public string Path { get; } = System.IO.Path.Combine(AppContext.BaseDirectory, "Files", file + ".safetensors");

    public AlignedBuffer Pretrained => pretrained().PackedWeights;

    public AlignedBuffer LoadPretrained() => loadPretrained().PackedWeights;

    public AlignedBuffer Load() => ModelStorage.Load<TModel>(Path).PackedWeights;

    /// <summary>Every element of every tensor is another one, so that none can be in the place of another.</summary>
    public void Renew(string path)
    {
        var weights = new AlignedBuffer(TModel.Layout.WeightLength);
        var random = new RandomGenerator(1);
        foreach (var tensor in TModel.Layout.Tensors)
        {
            for (var row = 0; row < tensor.Rows; row++)
            {
                for (var column = 0; column < tensor.Columns; column++)
                    weights.Span[tensor.IndexOf(row, column)] = random.NextUniform(-0.5f, 0.5f);
            }
        }

        ModelStorage.Save(TModel.Create(weights), path);
    }

    public override string ToString() => typeof(TModel).Name;
}
