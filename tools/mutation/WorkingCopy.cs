namespace NanoRnn.Mutation;

/// <summary>A copy of the repository, with the changes that are not committed, in which faults are planted one at a time.</summary>
internal sealed class WorkingCopy
{
    /// <summary>Of one run of tests; a fault may also be an endless loop.</summary>
    private const string HangTimeout = "10m";

    private readonly string _repository;
    private readonly string _folder;

    /// <param name="repository">The repository's root.</param>
    /// <param name="folder">Where the copy is; what was built there before is used again.</param>
    public WorkingCopy(string repository, string folder)
    {
        (_repository, _folder) = (repository, folder);
        Directory.CreateDirectory(folder);
        var files = SourcesIn(repository);
        foreach (var file in files)
        {
            var (source, target) = (Path.Combine(repository, file), Path.Combine(folder, file));
            if (File.Exists(target) && File.ReadAllBytes(source).AsSpan().SequenceEqual(File.ReadAllBytes(target)))
                continue;
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(source, target, overwrite: true);
            File.SetLastWriteTimeUtc(target, DateTime.UtcNow);
        }

        // So that what git ignores in the copy is known too.
        Command.Run(folder, "git", "init", "--quiet");
        foreach (var file in SourcesIn(folder).Except(files))
            File.Delete(Path.Combine(folder, file));
    }

    /// <summary>Plants a fault, builds and runs its tests until some fail, and takes it back.</summary>
    public Verdict Try(Fault fault)
    {
        var path = Path.Combine(_folder, fault.File);
        var original = File.ReadAllText(path);
        if (fault.FindObstacle(original) is not null)
            return Verdict.Refused;
        File.WriteAllText(path, original.Replace(fault.Old, fault.New, StringComparison.Ordinal));
        try
        {
            foreach (var (project, filter) in fault.Tests)
            {
                var verdict = RunTests(project, filter);
                if (verdict != Verdict.Survived)
                    return verdict;
            }

            return Verdict.Survived;
        }
        finally
        {
            File.WriteAllText(path, original);
        }
    }

    /// <summary>What the repository has in place of a fault's lines, if it is no longer what the fault expects.</summary>
    public string? FindObstacle(Fault fault)
    {
        var path = Path.Combine(_repository, fault.File);
        return File.Exists(path) ? fault.FindObstacle(File.ReadAllText(path)) : $"{fault.File} is not there";
    }

    private static HashSet<string> SourcesIn(string folder) =>
    [
        .. Command.Run(folder, "git", "ls-files", "--cached", "--others", "--exclude-standard").Output
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(file => File.Exists(Path.Combine(folder, file))),
    ];

    private Verdict RunTests(string project, string filter)
    {
        var path = $"tests/{project}";
        if (Command.Run(_folder, "dotnet", "build", path, "-c", "Release", "-v", "quiet").ExitCode != 0)
            return Verdict.DoesNotBuild;
        string[] selection = filter == "" ? [] : ["--filter", string.Join('|', filter.Split(' ').Select(part => $"FullyQualifiedName~{part}"))];
        var (exitCode, output) = Command.Run(
            _folder, "dotnet", ["test", path, "-c", "Release", "--no-build", "--blame-hang-timeout", HangTimeout, .. selection]);
        if (exitCode == 0 && !output.Contains("Passed!", StringComparison.Ordinal))
            throw new InvalidOperationException($"No test of {project} has a name with: {filter}");
        return exitCode == 0 ? Verdict.Survived : Verdict.Killed;
    }
}
