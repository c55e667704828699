using System.Text;
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

    /// <summary>Of each format; more than a million of all.</summary>
    private static int Count => SlowTests.All ? 150_000 : SlowTests.Run ? 3000 : 500;

    private static ReadOnlySpan<byte> Extremes => [0, 1, 0x7f, 0x80, 0xff];

    [Fact]
    public void OnnxIsRefusedOrImported() => Mutate([.. Enumerable.Range(1, 50).Select(seed => new RandomGraph(seed).Write())], null);

    [Fact]
    public void JsonOfRtNeuralIsRefusedOrImported() => Mutate([AudioFiles.RtNeural()], null);

    [Fact]
    public void JsonOfGuitarMlIsRefusedOrImported() => Mutate([AudioFiles.GuitarMl()], null);

    [Fact]
    public void NamIsRefusedOrImported() => Mutate([AudioFiles.Nam(initial: 0)], null);

    [Fact]
    public void SafeTensorsAreRefusedOrImported() => Mutate([TorchFiles.Lstm()], "lstm 2, dense 1");

    [Fact]
    public void KerasZipIsRefusedOrImported() => Mutate([KerasFiles.Zip()], null);

    /// <summary>The configuration alone, which compression would hide.</summary>
    [Fact]
    public void ConfigurationOfKerasIsRefusedOrImported() => Mutate([Encoding.UTF8.GetBytes(KerasFiles.Configuration)], null, configuration => KerasFiles.Zip(configuration));

    [Fact]
    public void Hdf5IsRefusedOrImported() => Mutate([KerasFiles.Weights()], KerasFiles.Line);

    private static void Mutate(byte[][] files, string? layers, Func<byte[], byte[]>? wrap = null)
    {
        var (random, read) = (new Random(1), 0);
        for (var i = 0; i < Count; i++)
        {
            var damaged = Damage(random, files[i % files.Length]);
            damaged = wrap is null ? damaged : wrap(damaged);
            var before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                if (ModelFiles.Read(damaged, layers).Graph is { } graph)
                {
                    read++;
                    ModelImporter.Import(graph, "Imported", null, "A test.", []);
                }
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

        // Not all are refused at once.
        Assert.NotEqual(0, read);
    }

    /// <summary>Other bytes, numbers at the ends of their ranges, parts that are missing, twice or elsewhere, an early end.</summary>
    private static byte[] Damage(Random random, byte[] file)
    {
        var damaged = (byte[])file.Clone();
        for (var change = random.Next(1, 4); change > 0; change--)
        {
            var (place, length) = (random.Next(damaged.Length), random.Next(1, 9));
            length = Math.Min(length, damaged.Length - place);
            switch (random.Next(6))
            {
                case 0:
                    damaged[place] = (byte)random.Next(256);
                    break;
                case 1:
                    damaged[place] = (byte)"0123456789,[]{}\"eE-"[random.Next(19)];
                    break;
                case 2:
                    damaged.AsSpan(place, length).Fill(Extremes[random.Next(Extremes.Length)]);
                    break;
                case 3:
                    damaged.AsSpan(random.Next(damaged.Length - length + 1), length).CopyTo(damaged.AsSpan(place));
                    break;
                case 4 when damaged.Length > 2 * length:
                    damaged = [.. damaged.AsSpan(0, place), .. damaged.AsSpan(place + length)];
                    break;
                default:
                    damaged = [.. damaged.AsSpan(0, place + length), .. damaged.AsSpan(place)];
                    break;
            }
        }

        return random.Next(8) == 0 ? damaged[..random.Next(1, damaged.Length + 1)] : damaged;
    }
}
