namespace NanoRnn.Aot.Tests;

/// <summary>samples/Edge for Linux on ARM64, published once on x64, to be run by qemu.</summary>
public sealed class Arm64Program : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nanornn-arm64-");

    internal EdgeProgram Program { get; private set; } = null!;

    /// <summary>What publishing printed.</summary>
    internal string Log { get; private set; } = "";

    public async Task InitializeAsync()
    {
        if (Arm64FactAttribute.SkipReason is not null)
            return;
        var (build, output) = (Path.Combine(_folder.FullName, "build"), Path.Combine(_folder.FullName, "edge"));
        Log = await Publishing.PublishAsync("samples/Edge/Edge.csproj", build, output, "-r", "linux-arm64", "-p:EdgeFramework=net10.0");
        Program = new EdgeProgram("edge-arm64", "qemu-aarch64-static", "-L", "/usr/aarch64-linux-gnu", Path.Combine(output, "edge"));
    }

    public Task DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return Task.CompletedTask;
    }
}
