namespace NanoRnn;

/// <summary>Batches of a dataset, in random order if they are shuffled.</summary>
internal sealed class DatasetSource(SequenceDataset dataset, bool shuffles) : SampleSource
{
    private readonly int[] _order = new int[dataset.Count];

    public override int Count => dataset.Count;

    public override void Begin(ref RandomGenerator random)
    {
        // From the sorted order every time, so that an epoch depends on the generator alone and not on those before.
        for (var i = 0; i < _order.Length; i++)
            _order[i] = i;
        if (shuffles)
            random.Shuffle(_order.AsSpan());
    }

    public override ReadOnlySpan<int> Take(int first, int count) => _order.AsSpan(first, count);

    public override SequenceDataset Find(int place, out int sample)
    {
        sample = place;
        return dataset;
    }

    public override int NumberOf(int place) => place;
}
