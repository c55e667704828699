using System.Runtime.Loader;
using NanoRnn.Differential.Compilation;
using NanoRnn.Differential.Grammar;
using NanoRnn.Differential.Running;

namespace NanoRnn.Differential.Files;

/// <summary>
/// Loads files that have been damaged or written in other ways: the library takes exactly those that <see cref="StrictReader"/> and
/// <see cref="WeightDecoder"/> take, with the same weights, refuses the others as documented, and takes little memory for either.
/// </summary>
internal sealed class FileFuzzer
{
    /// <summary>Bytes that a load may allocate for each byte of the file, and beside them.</summary>
    private const long BytesPerByte = 400, BytesBeside = 1 << 20;

    private static readonly ModelTerm[] Terms =
    [
        new(3, Precision.Float32, [LayerTerm.Of("Lstm", 5), LayerTerm.Of("Dense", 2)], 0),
        new(1, Precision.Float32, [LayerTerm.Of("Embedding", 4, 3), LayerTerm.Of("LayerNormalization"), LayerTerm.Of("Gru", 2).With("Direction", "Direction.Bidirectional")], 0),
        new(3, Precision.BFloat16, [LayerTerm.Of("Gru", 3), LayerTerm.Of("Dense", 1)], 0),
        new(3, Precision.Float16, [LayerTerm.Of("SimpleRnn", 3), LayerTerm.Of("Dense", 6)], 0),
        new(4, Precision.Int8, [LayerTerm.Of("Lstm", 4).With("UseBias", "false"), LayerTerm.Of("Dense", 5)], 0),
    ];

    private readonly List<(FileSubject Subject, byte[][] Files)> _models = [];

    public FileFuzzer()
    {
        var assembly = new AssemblyLoadContext("Files", isCollectible: true).LoadFromStream(new MemoryStream(ModelCompiler.Compile([.. Terms], "256").Assembly!));
        for (var i = 0; i < Terms.Length; i++)
        {
            var type = assembly.GetType($"Model{i}")!;
            using var test = new TestCase(type, seed: (ulong)i);
            _models.Add((FileSubject.Of(type), [test.File, test.Subject.Save()]));
        }
    }

    /// <summary>Files that were taken so far.</summary>
    public long Accepted { get; private set; }

    /// <summary>What is wrong with the file of a seed, or null.</summary>
    public string? Find(ulong seed, out byte[] file)
    {
        var dice = new Dice(seed);
        var (subject, files) = _models[dice.Next(_models.Count)];
        file = FileMutator.Mutate(dice, dice.Pick(files), dice.Pick(_models[dice.Next(_models.Count)].Files));
        var expected = StrictReader.Read(file, out var description) is { } tensors ? WeightDecoder.Decode(tensors, subject.Layout) : null;

        WeightCollection? actual;
        var before = GC.GetAllocatedBytesForCurrentThread();
        bool hasLeaked;
        try
        {
            actual = subject.Load(file, out hasLeaked);
        }
        catch (Exception exception)
        {
            return $"{subject.Layout.ModelName}: {exception}";
        }

        var bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        Accepted += actual is null ? 0 : 1;
        if (bytes > BytesPerByte * file.Length + BytesBeside)
            return $"{subject.Layout.ModelName}: loading {file.Length} bytes allocates {bytes}.";
        if (hasLeaked)
            return $"{subject.Layout.ModelName}: the file is refused, but the arena has less memory than before.";

        // Which other descriptions are of the same layers is the library's to say.
        if (actual is null && description is not null && description != subject.Layout.Description)
            return null;
        if ((actual is null) != (expected is null))
            return $"{subject.Layout.ModelName}: the library {(actual is null ? "refuses" : "takes")} the file, the other reader does not.";
        return actual?.Select(tensor => Bits.FindDifference(tensor.Name, expected![tensor.Name], tensor.ToArray())).FirstOrDefault(difference => difference is not null);
    }
}
