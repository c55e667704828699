using System.CommandLine;
using Spectre.Console;

namespace NanoRnn.Tool.Commands;

/// <summary><c>nanornn completions</c>: scripts by which shells complete the tool's words; they ask the tool itself.</summary>
internal static class CompletionsCommand
{
    private const string Bash = """
        _nanornn() {
            local words
            mapfile -t words < <(nanornn "[suggest:$COMP_POINT]" "$COMP_LINE" 2> /dev/null)
            mapfile -t COMPREPLY < <(compgen -W "${words[*]}" -- "${COMP_WORDS[COMP_CWORD]}")
        }
        complete -o default -F _nanornn nanornn

        """;

    private const string Zsh = """
        #compdef nanornn
        _nanornn() {
            local -a found
            found=("${(@f)$(nanornn "[suggest:$CURSOR]" "$BUFFER" 2> /dev/null)}")
            compadd -a found
            _files
        }
        compdef _nanornn nanornn

        """;

    private const string Fish = """
        complete -c nanornn -a '(nanornn "[suggest:"(commandline -C)"]" (commandline -p) 2> /dev/null)'

        """;

    private const string PowerShell = """
        Register-ArgumentCompleter -Native -CommandName nanornn -ScriptBlock {
            param($word, $line, $cursor)
            nanornn "[suggest:$cursor]" "$line" | Where-Object { $_ -like "$word*" } | ForEach-Object {
                [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
            }
        }

        """;

    private static readonly Dictionary<string, string> Scripts = new(StringComparer.Ordinal) { ["bash"] = Bash, ["zsh"] = Zsh, ["fish"] = Fish, ["pwsh"] = PowerShell };

    public static Command Create(IAnsiConsole console)
    {
        var shell = new Argument<string>("SHELL") { Description = "bash, zsh, fish or pwsh" };
        shell.AcceptOnlyFromAmong([.. Scripts.Keys]);
        var command = new Command("completions", "Prints a script by which a shell completes the tool's words.") { shell };
        command.SetAction(result =>
        {
            console.Profile.Out.Writer.Write(Scripts[result.GetValue(shell)!]);
            return ExitCodes.Success;
        });
        return command;
    }
}
