using System.Collections.Immutable;
using System.Globalization;

namespace NanoRnn.Differential.Grammar;

/// <summary>A layer's attribute as it is written: its name, arguments, and options.</summary>
internal sealed record LayerTerm(string Kind, ImmutableArray<string> Arguments, ImmutableArray<(string Name, string Value)> Options)
{
    /// <summary>How the model's input is read by name.</summary>
    public const string InputName = "\"input\"";

    private static readonly string[] ReadingSeveral = ["Concatenate", "Add", "Subtract", "Multiply", "Average", "Output"];

    /// <summary>The name that is given, as it is written; null for the default one.</summary>
    public string? Name => Options.FirstOrDefault(option => option.Name == "Name").Value;

    /// <summary>Whether it lists what it reads.</summary>
    public bool ReadsSeveral => ReadingSeveral.Contains(Kind);

    private bool Attends => Kind is "Attention" or "AdditiveAttention";

    /// <summary>What it reads by name, as it is written; the layer above besides, where it does not list all and has no <c>Input</c>.</summary>
    public ImmutableArray<string> Inputs => ReadsSeveral ? Arguments
        : [.. Attends ? Arguments : [], .. Options.Where(option => IsInput(option.Name)).Select(option => option.Value)];

    /// <summary>Whether the outputs of two directions lie side by side.</summary>
    public bool HasTwoOutputs => Options.Contains(("Direction", "Direction.Bidirectional"))
        && Options.All(option => option.Name != "MergeMode" || option.Value == "MergeMode.Concat");

    public static LayerTerm Of(string kind, params ImmutableArray<object> arguments) =>
        new(kind, [.. arguments.Select(argument => Convert.ToString(argument, CultureInfo.InvariantCulture)!)], []);

    public LayerTerm With(string option, object value) =>
        this with { Options = Options.Add((option, Convert.ToString(value, CultureInfo.InvariantCulture)!)) };

    /// <summary>The same layer with another name for one that it reads.</summary>
    public LayerTerm Reading(string instead, string of) => this with
    {
        Arguments = ReadsSeveral || Attends ? [.. Arguments.Select(name => name == of ? instead : name)] : Arguments,
        Options = [.. Options.Select(option => IsInput(option.Name) && option.Value == of ? (option.Name, instead) : option)],
    };

    /// <summary>The same layer with a number in place of another.</summary>
    public LayerTerm Replace(int number, int instead) => this with
    {
        Arguments = [.. Arguments.Select(argument => argument == Text(number) ? Text(instead) : argument)],
    };

    /// <summary>The same layer with one option or input fewer, or with a smaller number.</summary>
    public IEnumerable<LayerTerm> Simpler()
    {
        for (var i = 0; i < Arguments.Length && ReadsSeveral; i++)
            yield return this with { Arguments = Arguments.RemoveAt(i) };
        for (var i = 0; i < Options.Length; i++)
            yield return this with { Options = Options.RemoveAt(i) };
        for (var i = 0; i < Arguments.Length; i++)
        {
            if (Number(Arguments[i]) is { } number)
                foreach (var smaller in ModelTerm.Smaller(number))
                    yield return this with { Arguments = Arguments.SetItem(i, Text(smaller)) };
        }
    }

    /// <summary>The numbers among the arguments.</summary>
    public IEnumerable<int> Numbers() => Arguments.Select(Number).OfType<int>();

    private static bool IsInput(string option) => option is "Input" or "Key";

    private static int? Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    public override string ToString()
    {
        string[] parts = [.. Arguments, .. Options.Select(option => $"{option.Name} = {option.Value}")];
        return parts.Length == 0 ? $"[{Kind}]" : $"[{Kind}({string.Join(", ", parts)})]";
    }
}
