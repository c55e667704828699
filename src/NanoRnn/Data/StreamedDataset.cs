using System.Buffers.Binary;

namespace NanoRnn;

/// <summary>
/// Samples that come one after the other, of data that is larger than memory: training keeps a batch of them and a buffer to shuffle in.
/// </summary>
/// <remarks>
/// They come in parts, datasets of any number of samples with the same sizes, which are gone through once in every epoch from the beginning.
/// A part is read before the next one is asked for, and may use its memory again. Training allocates nothing in an epoch, as far as
/// whoever makes the parts does not.
/// </remarks>
/// <example>
/// Windows of a text that is read in pieces:
/// <code>
/// var stream = new StreamedDataset(Parts()) { ShuffleBuffer = 10_000 };
/// trainer.Fit(stream, epochs: 3);
///
/// IEnumerable&lt;SequenceDataset&gt; Parts()
/// {
///     foreach (var line in File.ReadLines("corpus.txt"))
///     {
///         if (vocabulary.CountTokens(line) > 64)
///             yield return SequenceDataset.FromWindows(vocabulary.Encode(line), new WindowOptions { SequenceLength = 64, TargetPerStep = true });
///     }
/// }
/// </code>
/// </example>
public sealed class StreamedDataset
{
    private int? _count;

    /// <summary>A stream of parts.</summary>
    /// <param name="parts">The parts; what is asked twice for its parts has to give the same number of samples, though not the same ones.</param>
    /// <param name="count">Samples in an epoch, at least 1; default null, all: they are counted by going through the parts once before.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is less than 1.</exception>
    public StreamedDataset(IEnumerable<SequenceDataset> parts, int? count = null)
    {
        ArgumentNullException.ThrowIfNull(parts);
        ArgumentOutOfRangeException.ThrowIfLessThan(count ?? 1, 1, nameof(count));
        (Parts, _count) = (parts, count);
    }

    /// <summary>
    /// Samples in the buffer from which each sample of a batch is drawn, and which the next one that comes takes the place of: the larger it
    /// is, the less the order of the stream remains. Default 0, that order. With <see cref="TrainerOptions.Shuffle"/> = false it has no effect.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int ShuffleBuffer
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value, nameof(ShuffleBuffer));
            field = value;
        }
    }

    /// <summary>Samples in an epoch; if none were given, the first call goes through all parts.</summary>
    /// <exception cref="InvalidOperationException">There are more than can be counted.</exception>
    public int Count => _count ??= CountAll();

    internal IEnumerable<SequenceDataset> Parts { get; }

    /// <summary>
    /// Samples in a file, each with its input and behind it its target, as 32-bit floats with the lowest byte first: in numpy
    /// <c>numpy.hstack([x.reshape(n, -1), y.reshape(n, -1)]).astype("&lt;f4").tofile(path)</c>.
    /// </summary>
    /// <param name="path">The file, which is read again in every epoch, and checked for NaN and infinity then.</param>
    /// <param name="timeSteps">Time steps of one sample, at least 1.</param>
    /// <param name="inputSize">Features of one time step, at least 1.</param>
    /// <param name="targetSize">Floats of one sample's target, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is less than 1.</exception>
    /// <exception cref="ArgumentException">The file is empty, no whole number of samples, or has more than can be counted.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static StreamedDataset FromFile(string path, int timeSteps, int inputSize, int targetSize)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentOutOfRangeException.ThrowIfLessThan(timeSteps, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(inputSize, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(targetSize, 1);
        var sampleBytes = ((long)timeSteps * inputSize + targetSize) * sizeof(float);
        var bytes = new FileInfo(path).Length;
        if (bytes == 0 || bytes % sampleBytes != 0 || bytes / sampleBytes > int.MaxValue || sampleBytes > Array.MaxLength)
        {
            throw new ArgumentException(
                $"{path} has {bytes} bytes; expected 1 to {int.MaxValue} samples of {sampleBytes} bytes ({timeSteps} time steps of {inputSize} floats, " +
                $"and {targetSize} of the target).",
                nameof(path));
        }

        return new StreamedDataset(ReadFile(path, timeSteps, inputSize, targetSize), (int)(bytes / sampleBytes));
    }

    private static IEnumerable<SequenceDataset> ReadFile(string path, int timeSteps, int inputSize, int targetSize)
    {
        const int PartBytes = 1 << 20;
        var sampleLength = timeSteps * inputSize + targetSize;
        var samples = Math.Max(1, PartBytes / sizeof(float) / sampleLength);
        var (bytes, numbers) = (new byte[samples * sampleLength * sizeof(float)], new float[samples * sampleLength]);
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        while (file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) is > 0 and var read)
        {
            for (var i = 0; i < read / sizeof(float); i++)
                numbers[i] = BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(i * sizeof(float)));
            yield return SequenceDataset.FromRecords(
                numbers.AsMemory(0, read / sizeof(float)), timeSteps, inputSize, targetSize, path);
        }
    }

    private int CountAll()
    {
        var count = 0L;
        foreach (var part in Parts)
            count += part.Count;
        return count is > 0 and <= int.MaxValue
            ? (int)count
            : throw new InvalidOperationException($"The stream has {count} samples; expected 1 to {int.MaxValue}.");
    }
}
