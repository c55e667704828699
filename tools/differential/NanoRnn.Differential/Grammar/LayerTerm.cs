using System.Collections.Immutable;
using System.Globalization;

namespace NanoRnn.Differential.Grammar;

/// <summary>A layer's attribute as it is written: its name, arguments, and options.</summary>
internal sealed record LayerTerm(string Kind, ImmutableArray<string> Arguments, ImmutableArray<(string Name, string Value)> Options)
{
    public static LayerTerm Of(string kind, params ImmutableArray<object> arguments) =>
        new(kind, [.. arguments.Select(argument => Convert.ToString(argument, CultureInfo.InvariantCulture)!)], []);

    public LayerTerm With(string option, object value) =>
        this with { Options = Options.Add((option, Convert.ToString(value, CultureInfo.InvariantCulture)!)) };

    /// <summary>The same layer with one option fewer, or with a smaller number.</summary>
    public IEnumerable<LayerTerm> Simpler()
    {
        for (var i = 0; i < Options.Length; i++)
            yield return this with { Options = Options.RemoveAt(i) };
        for (var i = 0; i < Arguments.Length; i++)
        {
            if (int.TryParse(Arguments[i], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                foreach (var smaller in ModelTerm.Smaller(number))
                    yield return this with { Arguments = Arguments.SetItem(i, smaller.ToString(CultureInfo.InvariantCulture)) };
        }
    }

    public override string ToString()
    {
        string[] parts = [.. Arguments, .. Options.Select(option => $"{option.Name} = {option.Value}")];
        return parts.Length == 0 ? $"[{Kind}]" : $"[{Kind}({string.Join(", ", parts)})]";
    }
}
