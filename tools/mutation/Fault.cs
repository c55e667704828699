namespace NanoRnn.Mutation;

/// <summary>One fault: a text in a file that becomes another, and the tests that should notice.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="File">The file, from the repository's root.</param>
/// <param name="Old">Whole lines that occur once in it.</param>
/// <param name="New">The lines in their place.</param>
/// <param name="Tests">Test projects below tests/, each with a part of its tests' names, or nothing for all.</param>
internal sealed record Fault(string Name, string File, string Old, string New, IReadOnlyList<(string Project, string Filter)> Tests)
{
    /// <summary>
    /// Reads a list: of each fault a line "== name", "file: path", lines "tests: project part-of-name", then lines to be replaced behind
    /// "-" and lines in their place behind "+". Lines that begin with # and empty ones are ignored.
    /// </summary>
    /// <exception cref="FormatException">A line is none of these, or a fault is not complete.</exception>
    public static IReadOnlyList<Fault> Read(string path)
    {
        var faults = new List<Fault>();
        foreach (var line in System.IO.File.ReadLines(path).Where(line => line.Length > 0 && line[0] != '#'))
        {
            if (line.StartsWith("== ", StringComparison.Ordinal))
            {
                faults.Add(new(line[3..], "", "", "", []));
                continue;
            }

            var last = faults.Count > 0 ? faults[^1] : throw new FormatException($"Expected a line \"== name\" first, found: {line}");
            faults[^1] = line[0] switch
            {
                '-' => last with { Old = last.Old + line[1..] + "\n" },
                '+' => last with { New = last.New + line[1..] + "\n" },
                _ when ValueOf("file: ", line) is { } file => last with { File = file },
                _ when ValueOf("tests: ", line)?.Split(' ', 2) is { } tests => last with { Tests = [.. last.Tests, (tests[0], tests.ElementAtOrDefault(1) ?? "")] },
                _ => throw new FormatException($"{last.Name}: expected file:, tests:, - or +, found: {line}"),
            };
        }

        var incomplete = faults.FirstOrDefault(fault => fault.File == "" || fault.Old == "" || fault.Tests.Count == 0);
        return incomplete is null ? faults : throw new FormatException($"{incomplete.Name} lacks a file, a line to replace or tests.");
    }

    /// <summary>Why it cannot be planted in a text, or null.</summary>
    public string? FindObstacle(string text) => (text.Split(Old).Length - 1) switch
    {
        0 => $"{File} no longer has its lines",
        1 => null,
        var count => $"{File} has its lines {count} times",
    };

    private static string? ValueOf(string key, string line) => line.StartsWith(key, StringComparison.Ordinal) ? line[key.Length..].Trim() : null;
}
