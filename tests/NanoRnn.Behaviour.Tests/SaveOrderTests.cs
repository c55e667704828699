using System.Diagnostics;
using NanoRnn.Tests.Shared;

namespace NanoRnn.Behaviour.Tests;

/// <summary>What a save asks of the system, and in which order, so that a crash leaves the old file or the new one.</summary>
public sealed class SaveOrderTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nanornn");

    public void Dispose() => _folder.Delete(recursive: true);

    [TracingFact]
    public async Task FileIsOnTheDiskBeforeItsNameAndThenTheFolder()
    {
        var (target, trace) = (Path.Combine(_folder.FullName, "model.safetensors"), Path.Combine(_folder.FullName, "trace"));
        string[] arguments =
        [
            "-f", "-y", "-qq", "-e", "trace=fsync,rename,renameat,renameat2", "-o", trace,
            DotNetProcess.DotNetPath, HostProcess.HostPath, "save", target,
        ];
        using (var process = Process.Start(new ProcessStartInfo(TracingFactAttribute.Program, arguments) { RedirectStandardOutput = true })!)
        {
            Assert.Equal(SaveLoop.Ready, await process.StandardOutput.ReadLineAsync());
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }

        // The first save, from its first call that names the folder.
        var calls = (await File.ReadAllLinesAsync(trace)).Where(line => line.Contains(_folder.FullName, StringComparison.Ordinal)).Take(3).ToArray();
        Assert.Matches(@" fsync\(\d+<.*/nanornn-[a-z0-9.]+\.tmp>\) += 0$", calls[0]);
        Assert.Matches(@" rename\w*\(.*/nanornn-[a-z0-9.]+\.tmp"", .*/model\.safetensors""\) += 0$", calls[1]);
        Assert.EndsWith("= 0", calls[2], StringComparison.Ordinal);
        Assert.Contains($"<{_folder.FullName}>)", calls[2], StringComparison.Ordinal);
    }
}
