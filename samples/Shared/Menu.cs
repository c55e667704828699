namespace Samples;

/// <summary>A project's programs by name.</summary>
internal static class Menu
{
    /// <summary>Runs the program that the command line names, or lists them all.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="project">The project's folder in samples.</param>
    /// <param name="kind">What its programs are called.</param>
    /// <param name="programs">The programs.</param>
    /// <returns>The exit code: 0, or 2 if there is no such program.</returns>
    public static int Run(string[] args, string project, string kind, params (string Name, string Title, Action<TextWriter> Run)[] programs)
    {
        var wanted = Array.Find(programs, program => args is [var name] && name == program.Name);
        if (wanted.Run is not null)
        {
            wanted.Run(Console.Out);
            return 0;
        }

        // Without a name this is a question; with a wrong one it is a mistake.
        var isMistake = args.Length > 0;
        var writer = isMistake ? Console.Error : Console.Out;
        if (isMistake)
            writer.WriteLine($"There is no {kind} '{string.Join(' ', args)}'.");
        writer.WriteLine($"Usage: dotnet run -c Release --project samples/{project} -- <name>");
        var width = programs.Max(program => program.Name.Length) + 2;
        foreach (var (name, title, _) in programs)
            writer.WriteLine($"  {name.PadRight(width)}{title}");
        return isMistake ? 2 : 0;
    }
}
