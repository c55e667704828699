namespace NanoRnn.Fleet;

internal sealed class FederatedAverage : Aggregation
{
    public override void Merge(UpdateTable updates, Span<float> result)
    {
        var (sums, total) = (new double[updates.Length], 0.0);
        for (var i = 0; i < updates.Count; i++)
        {
            var update = updates[i];
            double samples = updates.SamplesOf(i);
            total += samples;
            for (var k = 0; k < sums.Length; k++)
                sums[k] += samples * update[k];
        }

        for (var k = 0; k < sums.Length; k++)
            result[k] = (float)(sums[k] / total);
    }
}
