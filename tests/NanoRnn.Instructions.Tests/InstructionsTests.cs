using NanoRnn.Tests.Shared;

namespace NanoRnn.Instructions.Tests;

/// <summary>
/// Kernels of processors that this one need not be: the same loops over registers and weights, with instructions that it lacks computed
/// plainly, print the digests of this processor's.
/// </summary>
public sealed class InstructionsTests : IDisposable
{
    private static readonly Dictionary<string, Lazy<Task<string[]>>> Expected = new()
    {
        ["NanoRnn.Behaviour.Host"] = new(() => RunAsync(Path.Combine(AppContext.BaseDirectory, "NanoRnn.Behaviour.Host.dll"))),
        ["NanoRnn.Precision.Host"] = new(() => RunAsync(Path.Combine(AppContext.BaseDirectory, "NanoRnn.Precision.Host.dll"))),
    };

    private readonly string _folder = Directory.CreateTempSubdirectory("nanornn-").FullName;

    public static TheoryData<string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach (var host in Expected.Keys)
                foreach (var processor in Processor.All.Keys)
                    cases.Add(host, processor);
            return cases;
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [SlowTheory]
    [MemberData(nameof(Cases))]
    public async Task EveryProcessorsKernelsHaveTheBitsOfThisOne(string host, string processor)
    {
        var expected = await Expected[host].Value;

        var found = await RunAsync(CompiledHost.Compile(host, Processor.All[processor], _folder));

        // The first line is what the run says of itself.
        Assert.True(expected.Length > 100);
        Assert.Equal(expected[1..], found[1..]);
    }

    private static Task<string[]> RunAsync(string program) =>
        DotNetProcess.RunAsync(program, Path.GetDirectoryName(program)!, program.Contains("Behaviour", StringComparison.Ordinal) ? ["bits"] : []);
}
