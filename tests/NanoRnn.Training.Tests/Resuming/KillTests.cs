using NanoRnn.Tests.Shared;

namespace NanoRnn.Training.Tests.Resuming;

/// <summary>A training whose process is killed anywhere, again and again, ends with the weights of one that was not.</summary>
public sealed class KillTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nanornn");

    private static int Kills => SlowTests.Run ? 100 : 5;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task KilledTrainingEndsWithTheWeightsOfAWholeOne()
    {
        var (backup, result) = (Path.Combine(_folder.FullName, "backup.safetensors"), Path.Combine(_folder.FullName, "model.safetensors"));
        var (expected, random, kills) = (KilledTraining.Run().ToBytes(), new Random(1), 0);
        var ends = 0;
        while (kills < Kills || ends == 0)
        {
            using var process = DotNetProcess.Start(typeof(KilledTraining).Assembly.Location, _folder.FullName, [backup, result]);
            Assert.Equal(KilledTraining.Ready, await process.StandardOutput.ReadLineAsync());
            if (kills < Kills)
                await Task.Delay(random.Next(500));
            if (kills < Kills && !process.HasExited)
            {
                process.Kill();
                await process.WaitForExitAsync();
                kills++;
            }

            // It may have come to its end before: the next one begins anew.
            if (await process.StandardOutput.ReadLineAsync() != KilledTraining.Done)
                continue;
            await process.WaitForExitAsync();
            Assert.Equal(expected, File.ReadAllBytes(result));
            Assert.False(File.Exists(backup));
            ends++;
        }
    }
}
