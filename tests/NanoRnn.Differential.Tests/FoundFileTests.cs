using System.Runtime.InteropServices;
using System.Runtime.Loader;
using NanoRnn.Differential.Compilation;
using NanoRnn.Differential.Files;
using NanoRnn.Differential.Grammar;
using NanoRnn.Differential.Running;
using NanoRnn.Reference;

namespace NanoRnn.Differential.Tests;

/// <summary>What the fuzzer has found.</summary>
public sealed class FoundFileTests
{
    /// <summary>The largest float becomes 127 times a scale that is rounded up; a file may also have any finite scale.</summary>
    [Fact]
    public void IntegersWhoseWeightsAreInfiniteAreRefused()
    {
        var compiled = ModelCompiler.Compile([new(4, Precision.Int8, [LayerTerm.Of("Dense", 5)], 0)], "256");
        var type = new AssemblyLoadContext("Found", isCollectible: true).LoadFromStream(new MemoryStream(compiled.Assembly!)).GetType("Model0")!;
        var subject = FileSubject.Of(type);
        var network = new ReferenceNetwork(type);
        network.Tensors[0].Values.AsSpan().Fill(1);
        Assert.NotNull(subject.Load(SafeTensorsFile.Write(network.Tensors), out _));

        network.Tensors[0].Values[3] = float.MaxValue;
        Assert.Null(subject.Load(SafeTensorsFile.Write(network.Tensors), out _));

        network.Tensors[0].Values[3] = 2;
        using var model = Subject.Load(type, SafeTensorsFile.Write(network.Tensors), takesTokens: false, atEnd: true);
        var saved = model.Save();
        var scale = MemoryMarshal.AsBytes([2 / 127f]);
        Assert.True(saved.AsSpan().IndexOf(scale) > 0);
        MemoryMarshal.AsBytes([3e38f]).CopyTo(saved.AsSpan(saved.AsSpan().IndexOf(scale)));
        Assert.Null(subject.Load(saved, out _));
    }
}
