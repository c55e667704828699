using NanoRnn;

namespace Samples;

/// <summary>
/// Lowers the learning rate from epoch to epoch along half a cosine, so that the last steps are small and the result depends
/// little on where training stops.
/// </summary>
internal sealed class CosineDecay : Callback
{
    private float _initialRate;
    private int _epochs;

    public override void OnTrainBegin(in TrainingReport report) => (_initialRate, _epochs) = (Trainer.LearningRate, report.Epochs);

    // In double precision: the last bit of a cosine may differ from platform to platform, that of the rate should not.
    public override void OnEpochBegin(int epoch) =>
        Trainer.LearningRate = (float)(_initialRate * (1 + Math.Cos(Math.PI * (epoch - 1) / _epochs)) / 2);
}
