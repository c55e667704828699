using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NanoRnn.CompilerServices;
using NanoRnn.Tests.Shared;

namespace NanoRnn.Memory.Tests;

/// <summary>Memory that is given instead of allocated.</summary>
public sealed unsafe class ArenaTests
{
    private static readonly float[] Sequence = [0.1f, -0.4f, 0.3f, 0.9f, -0.2f];

    [Fact]
    public void ConstantsSuffice()
    {
        var buffer = new byte[SmallForecaster.Memory.WeightBytes + MemoryArena.Alignment - 1];
        using var weights = MemoryArena.Over(buffer);
        var model = new SmallForecaster(weights, seed: 4);
        AssertExact(SmallForecaster.Memory.WeightBytes, arena => new SmallForecaster(arena));
        AssertExact(SmallForecaster.Memory.SessionBytes, arena => model.CreateSession(arena));
        AssertExact(DeepCheckpoints.Memory.SessionBytes, arena => new DeepCheckpoints().CreateSession(arena));
        AssertExact(Classifier.Memory.SessionBytes, arena => new Classifier().CreateSession(arena));
        AssertExact(Translator.Memory.WeightBytes, arena => new Translator(arena));

        static void AssertExact(int bytes, Func<MemoryArena, object> create)
        {
            using var arena = MemoryArena.Allocate(bytes);
            create(arena);
            Assert.Equal(bytes, arena.Used);
            Assert.Contains($"{bytes} bytes are needed, but the arena has 0 left of {bytes}", Refuse(arena), StringComparison.Ordinal);
            using var small = MemoryArena.Allocate(bytes - 1);
            Assert.Contains($"{bytes} bytes are needed, but the arena has {bytes - 1} left", Refuse(small), StringComparison.Ordinal);

            string Refuse(MemoryArena tooSmall) => Assert.Throws<ArgumentException>(() => create(tooSmall)).Message;
        }
    }

    /// <summary>Model, session and trainer one behind the other, in memory that is neither aligned nor zero: the same bits.</summary>
    [Fact]
    public void EverythingWorksInGivenMemory()
    {
        const int Bytes = SmallForecaster.Memory.TrainingBytes + SmallForecaster.Memory.SessionBytes;
        var memory = (byte*)NativeMemory.Alloc(Bytes + MemoryArena.Alignment);
        try
        {
            NativeMemory.Fill(memory, Bytes + MemoryArena.Alignment, 0xFF);
            var misaligned = memory + ((nuint)memory % MemoryArena.Alignment == 0 ? 1 : 0);
            var skipped = MemoryArena.Alignment - (int)((nuint)misaligned % MemoryArena.Alignment);
            var arena = new MemoryArena(misaligned, Bytes + skipped);
            Assert.Equal(Bytes, arena.Length);
            AssertSameAs(new SmallForecaster(seed: 7), new SmallForecaster(arena, seed: 7), arena);
            Assert.Equal(Bytes, arena.Used);
        }
        finally
        {
            NativeMemory.Free(memory);
        }
    }

    [Fact]
    public void ModelsLoadIntoGivenMemory()
    {
        var path = Path.GetTempFileName();
        try
        {
            var model = new SmallForecaster(seed: 3);
            model.Save(path);
            using var arena = MemoryArena.Allocate(2 * SmallForecaster.Memory.WeightBytes);
            Assert.Equal(Predict(model), Predict(SmallForecaster.Load(path, arena)));
            Assert.Equal(Predict(model), Predict(SmallForecaster.Load(File.ReadAllBytes(path), arena)));
            Assert.Equal(arena.Length, arena.Used);
            Assert.Throws<ArgumentException>(() => SmallForecaster.Load(path, arena));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void SessionLivesOnTheStack()
    {
        var model = new SmallForecaster(seed: 2);
        var memory = stackalloc byte[SmallForecaster.Memory.SessionBytes + MemoryArena.Alignment];
        using var session = model.CreateSession(new MemoryArena(memory, SmallForecaster.Memory.SessionBytes + MemoryArena.Alignment));
        var output = new float[1];
        session.Predict(Sequence, output);
        Assert.Equal(Predict(model), output);
    }

    [Fact]
    public void OnlySmallObjectsAreAllocated()
    {
        var options = new TrainerOptions { Optimizer = Optimizer.Adam() };
        Create();
        Assert.InRange(AllocatedBytes.Of(Create), 1, 3 * 1024);

        void Create()
        {
            using var arena = MemoryArena.Allocate(SmallForecaster.Memory.TrainingBytes);
            new Trainer<SmallForecaster>(new SmallForecaster(arena), options, arena).Dispose();
        }
    }

    [Fact]
    public void BuffersLieOnCacheLinesAndAreZero()
    {
        var memory = new byte[1024];
        memory.AsSpan().Fill(0xAB);
        using var arena = MemoryArena.Over(memory);
        foreach (var (length, used) in new[] { (1, 64), (0, 64), (16, 128), (17, 256) })
        {
            var buffer = new AlignedBuffer(length, arena);
            Assert.Equal((0, used), ((int)((nuint)Unsafe.AsPointer(ref buffer.Reference) % MemoryArena.Alignment), (int)arena.Used));
            Assert.Equal(new float[length], buffer.Span);
        }
    }

    [Fact]
    public void MistakesAreRefused()
    {
        Assert.Throws<ArgumentNullException>(() => new MemoryArena(null, 5));
        Assert.Throws<ArgumentNullException>(() => new SmallForecaster(null!));
        Assert.Throws<ArgumentNullException>(() => new SmallForecaster().CreateSession(null!));
        Assert.Throws<ArgumentOutOfRangeException>(() => MemoryArena.Allocate(-1));
        Assert.Throws<ArgumentException>(() => MemoryArena.Over(Memory<byte>.Empty));
        var place = stackalloc byte[1];
        var negative = Assert.Throws<ArgumentOutOfRangeException>(() => Negative());
        Assert.Equal("length", negative.ParamName);
        Assert.Equal(0, new MemoryArena(place, 1).Used);
        var disposed = MemoryArena.Allocate(1 << 20);
        disposed.Dispose();
        disposed.Dispose();
        Assert.Throws<ObjectDisposedException>(() => new SmallForecaster(disposed));

        static MemoryArena Negative()
        {
            var place = stackalloc byte[1];
            return new MemoryArena(place, -1);
        }
    }

    /// <summary>A garbage collection between construction and use finds the memory where it was.</summary>
    [Fact]
    public void PinnedMemoryStays()
    {
        using var arena = MemoryArena.Over(new byte[SmallForecaster.Memory.WeightBytes + MemoryArena.Alignment]);
        var model = new SmallForecaster(arena, seed: 9);
        var before = Predict(model);
        for (var i = 0; i < 3; i++)
        {
            _ = new byte[100_000];
            GC.Collect();
        }

        Assert.Equal(before, Predict(model));
    }

    private static void AssertSameAs(SmallForecaster allocated, SmallForecaster given, MemoryArena arena)
    {
        using var session = given.CreateSession(arena);
        var output = new float[1];
        session.Predict(Sequence, output);
        Assert.Equal(Predict(allocated), output);

        var options = new TrainerOptions { Optimizer = Optimizer.Adam(0.01f) };
        using var trainer = new Trainer<SmallForecaster>(allocated, options);
        using var givenTrainer = new Trainer<SmallForecaster>(given, options, arena);
        var problem = new Problem<SmallForecaster>(trainer.Options);
        for (var i = 0; i < 4; i++)
            Assert.Equal(problem.TrainBatch(trainer), problem.TrainBatch(givenTrainer));
        Assert.Equal(Predict(allocated), Predict(given));
    }

    private static float[] Predict(SmallForecaster model)
    {
        var output = new float[1];
        model.Predict(Sequence, output);
        return output;
    }
}
