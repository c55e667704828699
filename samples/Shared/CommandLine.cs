namespace Samples;

/// <summary>A sample as a program: its options, its exit code, and its mistakes as messages.</summary>
internal static class CommandLine
{
    /// <param name="arguments">The command line.</param>
    /// <param name="project">The project's folder in samples.</param>
    /// <param name="defaults">What holds if the command line says nothing.</param>
    /// <param name="run">The sample.</param>
    /// <returns>The exit code: 0, 1 if a file cannot be read or written, 2 if the command line is wrong.</returns>
    public static int Run(string[] arguments, string project, Options defaults, Action<Options> run)
    {
        try
        {
            var options = defaults.Parse(arguments);
            if (options.Help)
                Console.WriteLine(defaults.Describe(project));
            else
                run(options);
            return 0;
        }
        catch (UsageException exception)
        {
            Console.Error.WriteLine(exception.Message);
            Console.Error.WriteLine(defaults.Describe(project));
            return 2;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            Console.Error.WriteLine(exception.Message);
            return 1;
        }
    }
}
