using System.CommandLine;
using NanoRnn.Tool.Commands;
using Spectre.Console;

namespace NanoRnn.Tool;

/// <summary>The tool's commands.</summary>
internal static class CommandLine
{
    /// <summary>Runs a command line.</summary>
    /// <param name="arguments">The arguments.</param>
    /// <param name="output">Where results go; colours only if it is a console.</param>
    /// <param name="error">Where messages go.</param>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public static int Run(string[] arguments, TextWriter output, TextWriter error)
    {
        var isConsole = output == Console.Out && !Console.IsOutputRedirected;
        var settings = new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) };
        if (!isConsole)
            (settings.Ansi, settings.ColorSystem, settings.Interactive) = (AnsiSupport.No, ColorSystemSupport.NoColors, InteractionSupport.No);
        var console = AnsiConsole.Create(settings);
        if (!isConsole)
            console.Profile.Width = short.MaxValue;
        var root = new RootCommand("Brings trained models to NanoRnn.")
        {
            ImportCommand.Create(console), InspectCommand.Create(console), ConvertCommand.Create(console), PlotCommand.Create(console), NewCommand.Create(console),
            CompletionsCommand.Create(console),
        };
        var parsed = root.Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            error.WriteLine($"nanornn: {parsed.Errors[0].Message.ReplaceLineEndings(" ")} See nanornn --help.");
            return ExitCodes.Usage;
        }

        try
        {
            return parsed.Invoke(new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false });
        }
        catch (ToolException exception)
        {
            error.WriteLine($"nanornn: {exception.Message}");
            return exception.ExitCode;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            error.WriteLine($"nanornn: {exception.Message}");
            return ExitCodes.InvalidFile;
        }
    }
}
