namespace NanoRnn;

/// <summary>
/// Batches of a stream. Its samples go through a pool of slots: some are the buffer from which samples are drawn, as many as a batch has are
/// the batch or free. A sample that is drawn changes places with one that comes, so nothing is copied twice.
/// </summary>
internal sealed class StreamSource : SampleSource, IDisposable
{
    private readonly StreamedDataset _stream;
    private readonly bool _shuffles;
    private readonly SequencePool _pool;

    /// <summary>The buffer's slots, of which the first <see cref="_filled"/> have a sample.</summary>
    private readonly int[] _buffer;

    /// <summary>Slots of the batch, which are free when the next one is asked for.</summary>
    private readonly int[] _batch;

    /// <summary>The number in the stream of the sample in each slot.</summary>
    private readonly int[] _numbers;
    private IEnumerator<SequenceDataset>? _parts;
    private SequenceDataset? _part;
    private RandomGenerator _random;
    private int _partNumber;
    private int _nextInPart;
    private int _filled;
    private int _read;
    private int _taken;

    /// <param name="stream">The stream. Its first part is read, which says the sizes of all.</param>
    /// <param name="shuffles">Whether the buffer is used.</param>
    /// <param name="batchSize">The most samples of a batch.</param>
    /// <exception cref="InvalidOperationException">The stream has no samples, or no targets.</exception>
    public StreamSource(StreamedDataset stream, bool shuffles, int batchSize)
    {
        _stream = stream;
        Count = stream.Count;
        _shuffles = shuffles && stream.ShuffleBuffer > 0;
        _buffer = new int[_shuffles ? Math.Min(stream.ShuffleBuffer, Count) : 0];
        _batch = new int[batchSize];
        _numbers = new int[_buffer.Length + batchSize];
        Restart();
        _pool = new SequencePool(_part!, _numbers.Length);
        for (var slot = 0; slot < _buffer.Length; slot++)
            _buffer[slot] = slot;
        for (var i = 0; i < batchSize; i++)
            _batch[i] = _buffer.Length + i;
    }

    public override int Count { get; }

    /// <summary>The slots.</summary>
    public SequenceDataset Samples => _pool.Samples;

    public override void Begin(ref RandomGenerator random)
    {
        Restart();
        if (_shuffles)
            _random = new RandomGenerator(random.NextUInt64());
        for (_filled = 0; _filled < _buffer.Length; _filled++)
            ReadInto(_buffer[_filled]);
    }

    public override ReadOnlySpan<int> Take(int first, int count)
    {
        while (_taken < first)
            Draw(0);
        for (var i = 0; i < count; i++)
            Draw(i);
        return _batch.AsSpan(0, count);
    }

    public override SequenceDataset Find(int place, out int sample)
    {
        sample = place;
        return Samples;
    }

    public override int NumberOf(int place) => _numbers[place];

    public void Dispose() => _parts?.Dispose();

    /// <summary>Puts a sample into a slot of the batch.</summary>
    private void Draw(int place)
    {
        _taken++;
        if (!_shuffles)
        {
            ReadInto(_batch[place]);
            return;
        }

        var drawn = _random.NextInt(_filled);
        (_batch[place], _buffer[drawn]) = (_buffer[drawn], _batch[place]);
        if (_read < Count)
        {
            ReadInto(_buffer[drawn]);
            return;
        }

        _filled--;
        (_buffer[drawn], _buffer[_filled]) = (_buffer[_filled], _buffer[drawn]);
    }

    private void ReadInto(int slot)
    {
        while (_nextInPart == _part!.Count)
            NextPart();
        _pool.Store(_part, _partNumber, _nextInPart++, slot);
        _numbers[slot] = _read++;
    }

    private void Restart()
    {
        _parts?.Dispose();
        _parts = _stream.Parts.GetEnumerator();
        (_partNumber, _read, _taken) = (-1, 0, 0);
        do
            NextPart();
        while (_part!.Count == 0);
    }

    private void NextPart()
    {
        if (!_parts!.MoveNext())
            throw new InvalidOperationException($"The stream ended after {_read} samples; expected {Count}.");
        _part = _parts.Current ?? throw new InvalidOperationException($"Part {_partNumber + 1} of the stream is null.");
        _partNumber++;
        _nextInPart = 0;
    }
}
