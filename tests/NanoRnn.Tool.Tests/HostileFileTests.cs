using NanoRnn.Deployed.Tests;
using NanoRnn.Tests.Shared;
using NanoRnn.Tool.Formats;
using NanoRnn.Tool.Tests.Infrastructure;
using NanoRnn.Tool.Writing;

namespace NanoRnn.Tool.Tests;

/// <summary>Damaged files of every format: an import, or an exception that is the tool's own, in memory in proportion to the file.</summary>
public sealed class HostileFileTests
{
    /// <summary>Bytes that one damaged file may take, many times what the largest of these models does.</summary>
    private const long MemoryLimit = 1L << 30;

    private static int Count => SlowTests.All ? 1_000_000 : SlowTests.Run ? 5000 : 1000;

    [Fact]
    public void OnnxIsRefusedOrImported() => Mutate(new RandomGraph(seed: 3).Write(), null);

    [Fact]
    public void JsonOfRtNeuralIsRefusedOrImported() => Mutate(AudioFiles.RtNeural(), null);

    [Fact]
    public void JsonOfGuitarMlIsRefusedOrImported() => Mutate(AudioFiles.GuitarMl(), null);

    [Fact]
    public void NamIsRefusedOrImported() => Mutate(AudioFiles.Nam(initial: 0), null);

    [Fact]
    public void SafeTensorsAreRefusedOrImported() => Mutate(TorchFiles.Lstm(), "lstm 2, dense 1");

    [ModelsFact]
    public void KerasZipIsRefusedOrImported() => Mutate(File.ReadAllBytes(ModelsFactAttribute.PathOf("exported", "mimic.keras")), null);

    private static void Mutate(byte[] file, string? layers)
    {
        var random = new Random(1);
        for (var i = 0; i < Count; i++)
        {
            var damaged = (byte[])file.Clone();
            for (var change = random.Next(1, 4); change > 0; change--)
                damaged[random.Next(damaged.Length)] = random.Next(2) == 0 ? (byte)random.Next(256) : (byte)"0123456789,[]{}\"eE-"[random.Next(19)];
            if (random.Next(8) == 0)
                damaged = damaged[..random.Next(damaged.Length)];
            var before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                if (ModelFiles.Read(damaged, layers).Graph is { } graph)
                    ModelImporter.Import(graph, "Imported", null, "A test.", []);
            }
            catch (ToolException exception)
            {
                Assert.NotEmpty(exception.Message);
            }
            catch (Exception exception)
            {
                Assert.Fail($"change {i}: {exception}");
            }

            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MemoryLimit);
        }
    }
}
