namespace NanoRnn;

/// <summary>
/// Saves the training while it goes on, and goes on with it when the program is started again: the weights in the end are those of a training
/// that was not interrupted, to the bit. Keras's <c>BackupAndRestore</c>.
/// </summary>
/// <remarks>
/// <c>Fit</c> is to be called as it was, with the same data, epochs and callbacks. What callbacks of this library remember is saved too; they
/// are told of a batch or an epoch before it is saved, wherever they stand. Each <c>Fit</c> of a program needs a file of its own.
/// </remarks>
public sealed class BackupAndRestore : Callback
{
    private readonly string _path;
    private readonly int? _saveFrequency;
    private readonly bool _deletesCheckpoint;
    private long _batches;

    /// <summary>Saves after every epoch or every few batches.</summary>
    /// <param name="path">The file, as <see cref="Trainer{TModel}.Save"/> writes it, in a folder that is made if it is not there.</param>
    /// <param name="saveFrequency">After how many batches to save, at least 1; null for after every epoch.</param>
    /// <param name="deleteCheckpoint">Whether the file is deleted when training has come to its end.</param>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="saveFrequency"/> is less than 1.</exception>
    public BackupAndRestore(string path, int? saveFrequency = null, bool deleteCheckpoint = true)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (saveFrequency is { } batches)
            ArgumentOutOfRangeException.ThrowIfLessThan(batches, 1, nameof(saveFrequency));
        (_path, _saveFrequency, _deletesCheckpoint) = (path, saveFrequency, deleteCheckpoint);
    }

    internal override bool IsLast => true;

    /// <inheritdoc/>
    public override void OnTrainBegin(in TrainingReport report)
    {
        _batches = 0;
        if (File.Exists(_path))
            Trainer.Load(_path);
        else
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(_path))!);
    }

    /// <inheritdoc/>
    public override void OnBatchEnd(in BatchReport report)
    {
        if (_saveFrequency is { } batches && ++_batches % batches == 0)
            Trainer.Save(_path);
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(in EpochReport report)
    {
        if (_saveFrequency is null)
            Trainer.Save(_path);
    }

    /// <inheritdoc/>
    public override void OnTrainEnd(History history)
    {
        if (_deletesCheckpoint && Trainer.Options.IsFirstProcess)
            File.Delete(_path);
    }
}
