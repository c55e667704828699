namespace NanoRnn;

/// <summary>Saves the model while it is trained; Keras's <c>ModelCheckpoint</c>. The files are those of the model's own <c>Save</c>.</summary>
public sealed class ModelCheckpoint : Callback
{
    private readonly FileNamePattern _path;
    private readonly MonitoredValue? _monitor;
    private readonly int _everyEpochs;
    private readonly float _threshold;
    private float _best;

    /// <summary>Saves the model after every epoch, every few, or after those that are better than all before.</summary>
    /// <param name="path">
    /// The file to create or replace, in a folder that is made if it is not there. <c>{epoch}</c> in it is the number of the epoch, from 1, and the
    /// name of a loss or metric in braces its value, both with a format of .NET behind a colon if one is wanted:
    /// <c>model-{epoch:00}-{val_loss:0.00}.safetensors</c>. Braces that are no such places stand twice.
    /// </param>
    /// <param name="monitor">With <paramref name="saveBestOnly"/> what to go by: <c>loss</c>, the name of a metric, or <c>val_</c> and one of these.</param>
    /// <param name="saveBestOnly">Whether to save only what is better than all that has been looked at before.</param>
    /// <param name="mode">Which way the value gets better.</param>
    /// <param name="everyEpochs">After which epochs to look: the multiples of this, at least 1.</param>
    /// <param name="initialValueThreshold">What the first one to be saved must be better than; null for nothing.</param>
    /// <exception cref="ArgumentException">The path is empty, or has braces that are no place of a value.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public ModelCheckpoint(
        string path,
        string monitor = "val_loss",
        bool saveBestOnly = false,
        MonitorMode mode = MonitorMode.Auto,
        int everyEpochs = 1,
        double? initialValueThreshold = null)
    {
        _path = new FileNamePattern(path);
        _monitor = saveBestOnly ? new MonitoredValue(monitor, mode) : null;
        _everyEpochs = ArgumentChecks.AtLeastOne(everyEpochs);
        _threshold = (float)(initialValueThreshold ?? double.NaN);
    }

    /// <summary>The file that was written last, or null.</summary>
    public string? LastPath { get; private set; }

    internal override string? StateName => "model_checkpoint";

    /// <inheritdoc/>
    public override void OnTrainBegin(in TrainingReport report)
    {
        _path.Begin(report.Metrics);
        _monitor?.Begin(report.Metrics, nameof(ModelCheckpoint));
        _best = _threshold;
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(in EpochReport report)
    {
        if (report.Epoch % _everyEpochs != 0)
            return;
        if (_monitor is not null)
        {
            var value = _monitor.Of(report.Metrics);
            if (!_monitor.IsImprovement(value, _best))
                return;
            _best = value;
        }

        var path = _path.Format(report.Epoch, report.Metrics);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        Trainer.SaveModel(path);
        LastPath = path;
    }

    internal override void Visit(StateVisitor state) => state.Visit("best", ref _best);
}
