using System.Diagnostics;
using System.Globalization;
using System.Runtime.Loader;

namespace NanoRnn.Differential.Running;

/// <summary>
/// A process that runs models of an assembly: one that reads or writes where it must not ends with the process, and the processor that it
/// believes in may have less than the real one.
/// </summary>
internal static class Worker
{
    public const string Command = "worker";

    private const char Separator = '\t';
    private const string Begin = "begin", Failure = "failure", Digest = "digest";

    /// <summary>The part of the process: prints what it finds, a line each.</summary>
    /// <param name="assembly">Path of the assembly.</param>
    /// <param name="cases">Index, seed and <c>check</c> or <c>digest</c> of each model, with colons between them.</param>
    public static void Run(string assembly, ReadOnlySpan<string> cases)
    {
        var models = new AssemblyLoadContext("Models", isCollectible: true).LoadFromAssemblyPath(Path.GetFullPath(assembly));
        foreach (var item in cases)
        {
            var parts = item.Split(':');
            var (index, seed) = (int.Parse(parts[0], CultureInfo.InvariantCulture), ulong.Parse(parts[1], CultureInfo.InvariantCulture));
            var model = models.GetType($"Model{index}")!;
            Print(Begin, index, "");
            if (parts[2] == "check" && CaseRunner.Find(model, index, seed) is { } failure)
                Print(Failure, index, $"{failure.Check}{Separator}{failure.Message.ReplaceLineEndings(" ")}");
            else
                Print(Digest, index, CaseRunner.Hash(model, seed).ToString("x16", CultureInfo.InvariantCulture));
        }

        static void Print(string what, int index, string text)
        {
            Console.WriteLine($"{what}{Separator}{index}{Separator}{text}");
            Console.Out.Flush();
        }
    }

    /// <summary>Starts a process for some models and waits for its end.</summary>
    /// <param name="assembly">Path of the assembly.</param>
    /// <param name="cases">Index and seed of each model.</param>
    /// <param name="variable">An environment variable that takes something from the processor; null for the checks, on all of it.</param>
    public static WorkerResult Start(string assembly, IReadOnlyList<(int Index, ulong Seed)> cases, string? variable)
    {
        var (failures, digests, left) = (new List<CaseFailure>(), new Dictionary<int, string>(), cases);
        while (left.Count > 0)
        {
            var last = -1;
            var info = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true, RedirectStandardError = true };
            if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
                info.ArgumentList.Add(typeof(Worker).Assembly.Location);
            info.ArgumentList.Add(Command);
            info.ArgumentList.Add(assembly);
            foreach (var (index, seed) in left)
                info.ArgumentList.Add($"{index}:{seed}:{(variable is null ? "check" : "digest")}");
            if (variable is not null)
                info.Environment[variable] = "0";
            using var process = Process.Start(info)!;
            var error = process.StandardError.ReadToEndAsync();
            while (process.StandardOutput.ReadLine() is { } line)
            {
                if (line.Split(Separator) is not [var what, var number, .. var text] || !int.TryParse(number, CultureInfo.InvariantCulture, out var index))
                    continue;
                last = index;
                if (what == Failure)
                    failures.Add(new(index, text[0], text[1]));
                else if (what == Digest)
                    digests[index] = text[0];
            }

            process.WaitForExit();
            if (process.ExitCode == 0)
                break;
            failures.Add(new(last, "Crash", $"The process{(variable is null ? "" : $" with {variable}=0")} ended with {process.ExitCode}. {error.Result.ReplaceLineEndings(" ")}"));
            left = [.. left.SkipWhile(item => item.Index != last).Skip(1)];
        }

        return new(failures, digests);
    }
}
