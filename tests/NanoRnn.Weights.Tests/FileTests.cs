using System.Diagnostics;
using System.Text;

namespace NanoRnn.Weights.Tests;

/// <summary>What is at a path decides what is read and written there.</summary>
public sealed class FileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nanornn");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void SaveGoesThroughLinks()
    {
        if (OperatingSystem.IsWindows())
            return;
        _folder.CreateSubdirectory("releases/5");
        _folder.CreateSubdirectory("shared");
        File.CreateSymbolicLink(PathOf("current"), "releases/5");
        File.CreateSymbolicLink(PathOf("releases/5/model"), "../../shared/link");
        File.CreateSymbolicLink(PathOf("shared/link"), "./model");
        for (var i = 0; i < 2; i++)
        {
            Forecaster.Pretrained.Save(PathOf("current/model"));
            Assert.Null(new FileInfo(PathOf("shared/model")).LinkTarget);
            Assert.Equal(Forecaster.Pretrained.ToBytes(), File.ReadAllBytes(PathOf("shared/model")));
        }

        Assert.Equal("../../shared/link", new FileInfo(PathOf("releases/5/model")).LinkTarget);
        File.CreateSymbolicLink(PathOf("circle"), "circle");
        Assert.Contains("symbolic links", Assert.Throws<IOException>(() => Forecaster.Pretrained.Save(PathOf("circle"))).Message, StringComparison.Ordinal);
        Assert.Empty(_folder.GetFiles("*.tmp", SearchOption.AllDirectories));
    }

    [Theory]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite)]
    public async Task SaveKeepsModeAndOwner(UnixFileMode mode)
    {
        if (OperatingSystem.IsWindows())
            return;
        var path = PathOf("model");
        File.WriteAllText(path, "old");
        File.SetUnixFileMode(path, mode);
        if (Environment.IsPrivilegedProcess)
            await RunAsync("chown", "4321:5432", path);
        var owner = await RunAsync("stat", "-c", "%u:%g", path);
        Forecaster.Pretrained.Save(path);
        Assert.Equal(mode, File.GetUnixFileMode(path));
        Assert.Equal(owner, await RunAsync("stat", "-c", "%u:%g", path));
        Forecaster.Load(path);
    }

    [Fact]
    public async Task WhatIsNoFileIsNeitherReadNorReplaced()
    {
        if (!OperatingSystem.IsLinux())
            return;
        await RunAsync("mkfifo", PathOf("pipe"));
        File.CreateSymbolicLink(PathOf("zero"), "/dev/zero");
        foreach (var (path, what) in new[] { (PathOf("pipe"), "a pipe"), (PathOf("zero"), "a device"), ("/dev/null", "a device"), (_folder.FullName, "a folder") })
        {
            Assert.Equal($"{path}: expected a file, found {what}.", Assert.Throws<ModelFileException>(() => Forecaster.Load(path)).Message);
            Assert.Equal(
                $"{path}: expected a file or nothing, found {what}; nothing was written.",
                Assert.Throws<IOException>(() => Forecaster.Pretrained.Save(path)).Message);
        }

        Assert.Equal("/dev/zero", new FileInfo(PathOf("zero")).LinkTarget);
        Assert.Equal(2, _folder.GetFileSystemInfos().Length);
    }

    [Fact]
    public void NameMayBeAsLongAsTheSystemAllows()
    {
        var path = PathOf(new string('n', 255));
        Forecaster.Pretrained.Save(path);
        Forecaster.Pretrained.Save(path);
        Forecaster.Load(path);
        Assert.Single(_folder.GetFiles());
    }

    [Fact]
    public void StreamsHoldModelsOneBehindTheOther()
    {
        using var stream = new MemoryStream();
        Forecaster.Pretrained.Save(stream);
        Gates.Pretrained.Save(stream);
        Assert.Equal(stream.ToArray(), (byte[])[.. Forecaster.Pretrained.ToBytes(), .. Gates.Pretrained.ToBytes()]);
        stream.Position = 0;
        using var slow = new BufferedStream(stream, 1);
        Assert.Equal(Forecaster.Pretrained.ToBytes(), Forecaster.Load(slow).ToBytes());
        using var arena = MemoryArena.Allocate(Gates.Memory.WeightBytes);
        Assert.Equal(Gates.Pretrained.ToBytes(), Gates.Load(slow, arena).ToBytes());
        Assert.Contains(
            "expected 8 bytes of header length, found 0",
            Assert.Throws<ModelFileException>(() => Gates.Load(slow)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void EndlessStreamIsRefused()
    {
        if (!OperatingSystem.IsLinux())
            return;
        using var zeros = File.OpenRead("/dev/zero");
        Assert.Contains("header", Assert.Throws<ModelFileException>(() => Forecaster.Load(zeros)).Message, StringComparison.Ordinal);
        using var absurd = new MemoryStream([0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, .. new byte[100]]);
        Assert.Contains("at most 100000000 bytes", Assert.Throws<ModelFileException>(() => Forecaster.Load(absurd)).Message, StringComparison.Ordinal);
        var file = Forecaster.Pretrained.ToBytes();
        for (var length = 0; length < file.Length; length += 97)
        {
            using var cut = new MemoryStream(file, 0, length);
            Assert.Throws<ModelFileException>(() => Forecaster.Load(cut));
        }
    }

    [Fact]
    public void FailedLoadGivesTheArenaBack()
    {
        using var arena = MemoryArena.Allocate(Forecaster.Memory.WeightBytes);
        var file = Forecaster.Pretrained.ToBytes();
        file.AsSpan(file.Length - 4).Fill(0xFF);
        var path = PathOf("model");
        File.WriteAllBytes(path, file);
        Assert.Throws<ModelFileException>(() => Forecaster.Load(file, arena));
        Assert.Throws<ModelFileException>(() => Forecaster.Load(path, arena));
        Assert.Throws<ModelFileException>(() => Forecaster.Load(new MemoryStream(file), arena));
        Assert.Throws<ModelFileException>(() => Forecaster.Load(Gates.Pretrained.ToBytes(), arena));
        Assert.Equal(0, arena.Used);
        Assert.Equal(Forecaster.Pretrained.ToBytes(), Forecaster.Load(Forecaster.Pretrained.ToBytes(), arena).ToBytes());
    }

    [Fact]
    public void MessagesAreOneLineWhateverTheFileSays()
    {
        var name = "\u001b[31m\n\u202e" + new string('x', 5000);
        var shape = string.Join(',', Enumerable.Repeat(1, 5000));
        var message = Refuse($$$"""{"{{{string.Concat(name.Select(c => $"\\u{(int)c:x4}"))}}}":{"dtype":"F99","shape":[{{{shape}}}],"data_offsets":[0,4]}}""");
        Assert.Equal($"model data: tensor '\\u001B[31m\\u000A\\u202E{new string('x', 58)}…': expected one of the dtypes", message[..message.IndexOf(" F32", StringComparison.Ordinal)]);
        message = Refuse($$$"""{"a":{"dtype":"F32","shape":[{{{shape}}},7],"data_offsets":[0,4]}}""");
        Assert.Equal("model data: tensor 'a': shape [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1 and 4989 more] of F32 needs 28 bytes, data_offsets have 4.", message);
        message = Refuse("{" + string.Join(',', Enumerable.Range(0, 50).Select(i => $$"""
            "t{{i}}":{"dtype":"F32","shape":[0],"data_offsets":[0,0]}
            """)) + ""","u":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""");
        Assert.Matches("^model data: Forecaster has a tensor 'lstm.kernel', the file has not; it has ('t[0-9]+', ){11}'t[0-9]+' and 39 more\\.$", message);

        static string Refuse(string header)
        {
            var bytes = Encoding.UTF8.GetBytes(header);
            return Assert.Throws<ModelFileException>(() => Forecaster.Load([.. BitConverter.GetBytes((ulong)bytes.Length), .. bytes, 0, 0, 0, 0])).Message;
        }
    }

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
        return output;
    }

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);
}
