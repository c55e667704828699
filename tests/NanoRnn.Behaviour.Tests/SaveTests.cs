using NanoRnn.Tests.Shared;

namespace NanoRnn.Behaviour.Tests;

/// <summary>A file is replaced as a whole or not at all.</summary>
public sealed class SaveTests : IDisposable
{
    private const int Kills = 12;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nanornn");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task KilledProcessLeavesAWholeFile()
    {
        var path = PathOf("model.safetensors");
        var random = new Random(1);
        var (first, second) = (WeightsOf(new Large(SaveLoop.FirstSeed)), WeightsOf(new Large(SaveLoop.SecondSeed)));
        for (var i = 0; i < Kills; i++)
        {
            using var process = DotNetProcess.Start(HostProcess.HostPath, _folder.FullName, ["save", path]);
            Assert.Equal(SaveLoop.Ready, await process.StandardOutput.ReadLineAsync());
            await Task.Delay(random.Next(40));
            Assert.False(process.HasExited);
            process.Kill();
            await process.WaitForExitAsync();
            var found = WeightsOf(Large.Load(path));
            Assert.True(found.AsSpan().SequenceEqual(first) || found.AsSpan().SequenceEqual(second));
        }

        // What a killed process leaves lies beside the model and troubles nobody.
        new Large(seed: 3).Save(path);
        Assert.Equal(WeightsOf(new Large(seed: 3)), WeightsOf(Large.Load(path)));
        Assert.InRange(_folder.GetFiles().Length, 1, 1 + Kills);
    }

    [Fact]
    public void LeftTemporaryFileIsNotTouched()
    {
        var left = PathOf("model.safetensors.abcdefgh.ijk.tmp");
        File.WriteAllText(left, "left");
        new Classifier().Save(PathOf("model.safetensors"));
        Classifier.Load(PathOf("model.safetensors"));
        Assert.Equal("left", File.ReadAllText(left));
        Assert.Equal(2, _folder.GetFiles().Length);
    }

    [Fact]
    public void SavingAtTheSameTimeKeepsOneOfBoth()
    {
        var path = PathOf("model.safetensors");
        Classifier[] models = [new(1), new(2)];
        models[0].Save(path);
        Parallel.For(0, 100, i =>
        {
            models[i % 2].Save(path);
            var found = WeightsOf(Classifier.Load(path));
            Assert.Contains(models, model => WeightsOf(model).AsSpan().SequenceEqual(found));
        });
        Assert.Single(_folder.GetFiles());
    }

    [Fact]
    public void NaNIsNotSaved()
    {
        var path = PathOf("model.safetensors");
        var model = new Classifier();
        model.Save(path);
        var before = File.ReadAllBytes(path);
        var trainer = new Trainer<Classifier>(model, new TrainerOptions { Loss = Loss.CategoricalCrossentropy, TimeSteps = 1 });
        Assert.True(float.IsNaN(trainer.TrainBatch([float.NaN, 0, 0], [1, 0, 0])));
        Assert.Contains("NaN", Assert.Throws<InvalidOperationException>(() => model.Save(path)).Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(path));
        Assert.Single(_folder.GetFiles());
    }

    [Fact]
    public void FolderThatIsNotThereIsTheUsualException()
    {
        Assert.Throws<DirectoryNotFoundException>(() => new Classifier().Save(PathOf("none/model.safetensors")));
        Assert.Empty(_folder.GetFileSystemInfos());
    }

    [Fact]
    public void FolderInTheWayStays()
    {
        var taken = _folder.CreateSubdirectory("taken");
        Assert.ThrowsAny<SystemException>(() => new Classifier().Save(taken.FullName));
        Assert.Equal(taken.FullName, Assert.Single(_folder.GetFileSystemInfos()).FullName);
    }

    [Fact]
    public void ReadOnlyFolderKeepsTheOldFile()
    {
        if (OperatingSystem.IsWindows())
            return;
        var path = PathOf("model.safetensors");
        File.WriteAllText(path, "old");
        File.SetUnixFileMode(_folder.FullName, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        try
        {
            // The superuser may write anywhere.
            if (Environment.IsPrivilegedProcess)
                return;
            Assert.Throws<UnauthorizedAccessException>(() => new Classifier().Save(path));
            Assert.Equal("old", File.ReadAllText(path));
            Assert.Single(_folder.GetFiles());
        }
        finally
        {
            File.SetUnixFileMode(_folder.FullName, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private static float[] WeightsOf(Large model) => [.. model.Weights.SelectMany(tensor => tensor.ToArray())];

    private static float[] WeightsOf(Classifier model) => [.. model.Weights.SelectMany(tensor => tensor.ToArray())];

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);
}
