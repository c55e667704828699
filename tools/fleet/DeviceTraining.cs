using NanoRnn.Fleet;

namespace NanoRnn.FleetSimulation;

/// <summary>What a device of some behaviour makes of the weights. All devices share a model, whose weights come with every task.</summary>
internal sealed class DeviceTraining(WeightVector model, ILocalTraining honest, Behaviour behaviour, float[] before, float[] after) : ILocalTraining
{
    // Small enough to be taken: norms of honest updates are about a tenth of what is allowed.
    private const float Poison = -4;

    public int Samples => behaviour == Behaviour.Boastful ? int.MaxValue : honest.Samples;

    public float Run(int round, float proximalTerm)
    {
        model.CopyTo(before);
        var loss = honest.Run(round, proximalTerm);
        if (behaviour == Behaviour.NotFinite)
            return float.NaN;
        if (behaviour is Behaviour.Poison or Behaviour.Huge)
        {
            model.CopyTo(after);
            for (var i = 0; i < after.Length; i++)
                after[i] = before[i] + (behaviour == Behaviour.Poison ? Poison : 1e6f) * (after[i] - before[i]);
            model.CopyFrom(after);
        }

        return loss;
    }
}
