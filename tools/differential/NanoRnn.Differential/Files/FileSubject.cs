using NanoRnn.CompilerServices;

namespace NanoRnn.Differential.Files;

/// <summary>What loading does with a file, whatever the model.</summary>
internal abstract class FileSubject
{
    public abstract ModelLayout Layout { get; }

    /// <summary>The weights, or null if the file is refused as the documentation says. Any other exception is passed on.</summary>
    /// <param name="file">The file's bytes.</param>
    /// <param name="hasLeaked">Whether a refused file has taken memory from the arena.</param>
    public abstract WeightCollection? Load(byte[] file, out bool hasLeaked);

    public static FileSubject Of(Type model) => (FileSubject)Activator.CreateInstance(typeof(FileSubject<>).MakeGenericType(model))!;
}

/// <summary>Of a <typeparamref name="TModel"/>.</summary>
internal sealed class FileSubject<TModel> : FileSubject
    where TModel : class, IPackedModel<TModel>
{
    public override ModelLayout Layout => TModel.Layout;

    public override WeightCollection? Load(byte[] file, out bool hasLeaked)
    {
        hasLeaked = false;
        var arena = MemoryArena.Allocate(TModel.Layout.WeightLength * (long)sizeof(float));
        try
        {
            return new(TModel.Layout, ModelStorage.Load<TModel>(file, arena).PackedWeights);
        }
        catch (ModelFileException)
        {
            hasLeaked = arena.Used > 0;
            return null;
        }
    }
}
