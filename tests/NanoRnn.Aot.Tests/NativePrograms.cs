using System.Runtime.Intrinsics.X86;

namespace NanoRnn.Aot.Tests;

/// <summary>The binaries, published once for all tests that look at them.</summary>
public sealed class NativePrograms : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nanornn-native-");

    /// <summary>samples/Edge for every level of processor.</summary>
    internal List<NativeProgram> Edge { get; } = [];

    /// <summary>Those that this processor can run.</summary>
    internal IEnumerable<NativeProgram> Runnable => Edge.Where(program => program.Cpu switch
    {
        "v3" => Avx2.IsSupported && Fma.IsSupported,
        "v4" => Avx512F.VL.IsSupported && Avx512BW.VL.IsSupported && Avx512CD.VL.IsSupported && Avx512DQ.VL.IsSupported,
        _ => true,
    });

    /// <summary>The forecasts of samples/Edge without its learning.</summary>
    internal NativeProgram Inference { get; private set; } = null!;

    /// <summary>samples/Listen, which Edge's tests do not look at.</summary>
    internal NativeProgram Listen { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        if (SlowFactAttribute.SkipReason is not null)
            return;
        foreach (var cpu in (string[])["baseline", "v3", "v4"])
            Edge.Add(await PublishAsync("samples/Edge/Edge.csproj", "edge", cpu));
        Inference = await PublishAsync("tests/NanoRnn.Aot.Inference/NanoRnn.Aot.Inference.csproj", "inference", "v3");
        Listen = await PublishAsync("samples/Listen/Listen.csproj", "listen", "v3");
    }

    public Task DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return Task.CompletedTask;
    }

    private async Task<NativeProgram> PublishAsync(string project, string assembly, string cpu)
    {
        var name = $"{assembly}-{cpu}";
        var (build, output) = (Path.Combine(_folder.FullName, "build", name), Path.Combine(_folder.FullName, name));

        var log = await Publishing.PublishAsync(
            project, build, output, "-r", "linux-x64", $"-p:NanoRnnCpu={cpu}", "-p:IlcGenerateMapFile=true");
        var map = Directory.GetFiles(build, $"{assembly}.map.xml", SearchOption.AllDirectories).Single();
        return new NativeProgram(cpu, new EdgeProgram(name, Path.Combine(output, assembly)), output, log, File.ReadAllText(map));
    }
}
