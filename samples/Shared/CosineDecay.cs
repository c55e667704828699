using NanoRnn;
using NanoRnn.CompilerServices;

namespace Samples;

/// <summary>
/// Lowers the learning rate from epoch to epoch along half a cosine, so that the last steps are small and the result depends
/// little on where training stops.
/// </summary>
internal sealed class CosineDecay<TModel>(Trainer<TModel> trainer, int epochs) : Callback
    where TModel : class, IRnnModel<TModel>
{
    private readonly float _initialRate = trainer.LearningRate;

    // In double precision: the last bit of a cosine may differ from platform to platform, that of the rate should not.
    public override void OnEpochBegin(int epoch) =>
        trainer.LearningRate = (float)(_initialRate * (1 + Math.Cos(Math.PI * (epoch - 1) / epochs)) / 2);
}
