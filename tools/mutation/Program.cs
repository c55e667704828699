using System.Diagnostics;
using NanoRnn.Mutation;

// Plants single faults, each in a copy of the repository, and says which of them the tests let through.
var faults = Fault.Read(Path.Combine(AppContext.BaseDirectory, "faults.txt"));
var isList = args is ["--list"];
if (!isList && args.Except(faults.Select(fault => fault.Name)).ToArray() is { Length: > 0 } unknown)
{
    Console.Error.WriteLine($"No fault is called {string.Join(", ", unknown)}; --list prints their names.");
    return 2;
}

var (exitCode, root) = Command.Run(Environment.CurrentDirectory, "git", "rev-parse", "--show-toplevel");
if (exitCode != 0)
{
    Console.Error.WriteLine("The current folder is not in the repository.");
    return 2;
}

var copy = new WorkingCopy(root.Trim(), Path.Combine(Path.GetTempPath(), "nanornn-mutation"));
if (isList)
{
    foreach (var fault in faults)
        Console.WriteLine($"{fault.Name}: {copy.FindObstacle(fault) ?? fault.File}");
    return faults.Any(fault => copy.FindObstacle(fault) is not null) ? 1 : 0;
}

var verdicts = new List<(Fault Fault, Verdict Verdict)>();
foreach (var fault in faults.Where(fault => args.Length == 0 || args.Contains(fault.Name)))
{
    var start = Stopwatch.GetTimestamp();
    var verdict = copy.Try(fault);
    verdicts.Add((fault, verdict));
    Console.WriteLine($"{verdict,-12} {fault.Name} ({Stopwatch.GetElapsedTime(start).TotalSeconds:F0} s)");
}

Console.WriteLine(string.Join(", ", Enum.GetValues<Verdict>().Select(kind => $"{verdicts.Count(item => item.Verdict == kind)} {kind}")));
foreach (var (fault, _) in verdicts.Where(item => item.Verdict == Verdict.Refused))
    Console.WriteLine($"refused: {fault.Name}: {copy.FindObstacle(fault)}");
return verdicts.All(item => item.Verdict == Verdict.Killed) ? 0 : 1;
