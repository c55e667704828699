using System.Text;
using NanoRnn.Differential.Files;
using NanoRnn.Differential.Grammar;

namespace NanoRnn.Differential.Tests;

/// <summary>The short form of the fuzzer, and its reader by itself.</summary>
public sealed class FileTests
{
    private const int Count = 3000;

    [Fact]
    public void TheLibraryTakesWhatAnotherReaderTakes()
    {
        var (dice, fuzzer) = (new Dice(1), new FileFuzzer());
        for (var i = 0; i < Count; i++)
        {
            var seed = dice.NextSeed();
            var message = fuzzer.Find(seed, out var file);
            Assert.True(message is null, $"case {seed}: {message}\n{Convert.ToBase64String(file)}");
        }

        // Both sides are reached.
        Assert.InRange(fuzzer.Accepted, Count / 20, Count * 9 / 10);
    }

    [Theory]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", true)]
    [InlineData("""{"a":{"dtype":"F32","shape":[],"data_offsets":[0,4]},"__metadata__":{"b":"c"}}""", true)]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", false)]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,3]}}""", false)]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"shape":[1],"data_offsets":[0,4]}}""", false)]
    [InlineData("""{"a":{"dtype":"F32","shape":[01],"data_offsets":[0,4]}}""", false)]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}} x""", false)]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"__metadata__":{"b":1}}""", false)]
    [InlineData("""{}""", false)]
    public void TheReaderIsStrict(string header, bool isValid)
    {
        var text = Encoding.UTF8.GetBytes(header);
        Assert.Equal(isValid, StrictReader.Read([.. BitConverter.GetBytes((ulong)text.Length), .. text, 0, 0, 0x80, 0x3F], out _) is not null);
    }
}
