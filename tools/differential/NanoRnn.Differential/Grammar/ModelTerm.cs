using System.Collections.Immutable;

namespace NanoRnn.Differential.Grammar;

/// <summary>A model class as it is written.</summary>
/// <param name="InputSize">Features of the input; of no matter for tokens.</param>
/// <param name="Precision">How its weights are stored.</param>
/// <param name="Layers">Its layers.</param>
/// <param name="DataSeed">Seed of the weights, inputs and targets that it is run on.</param>
internal sealed record ModelTerm(int InputSize, Precision Precision, ImmutableArray<LayerTerm> Layers, ulong DataSeed)
{
    private bool TakesTokens => Layers.Length > 0 && Layers[0].Kind == "Embedding";

    /// <summary>Models with one thing less: candidates for a smaller case, not all of which are valid.</summary>
    public IEnumerable<ModelTerm> Simpler()
    {
        for (var i = 0; i < Layers.Length; i++)
            yield return Without(i);
        if (Precision != Precision.Float32)
            yield return this with { Precision = Precision.Float32 };
        foreach (var smaller in TakesTokens ? [] : Smaller(InputSize))
            yield return this with { InputSize = smaller };

        // Layers that are merged have to stay of one size.
        foreach (var number in Layers.SelectMany(layer => layer.Numbers()).Distinct())
            foreach (var smaller in Smaller(number))
                yield return this with
                {
                    InputSize = InputSize == number && !TakesTokens ? smaller : InputSize,
                    Layers = [.. Layers.Select(layer => layer.Replace(number, smaller))],
                };
        for (var i = 0; i < Layers.Length; i++)
            foreach (var simpler in Layers[i].Simpler())
                yield return this with { Layers = Layers.SetItem(i, simpler) };
    }

    /// <summary>Whoever reads the layer reads what it read, the first of it.</summary>
    private ModelTerm Without(int index)
    {
        var (removed, layers) = (Layers[index], Layers.RemoveAt(index));
        var source = removed.Inputs.Length > 0 ? removed.Inputs[0] : index == 0 ? LayerTerm.InputName : Layers[index - 1].Name;
        if (removed.Name is { } name)
            layers = source is null
                ? layers.SetItem(index - 1, layers[index - 1].With("Name", name))
                : [.. layers.Select(layer => layer.Reading(source, name))];
        if (removed.Inputs.Length > 0 && index < layers.Length && layers[index].Inputs.Length == 0)
            layers = layers.SetItem(index, layers[index].With("Input", source!));
        return this with { Layers = layers };
    }

    /// <summary>Numbers to try instead of one that is at least 1.</summary>
    public static IEnumerable<int> Smaller(int number) => new[] { 1, number / 2, number - 1 }.Distinct().Where(n => n >= 1 && n < number);

    /// <summary>The class.</summary>
    public string ToSource(string name)
    {
        string[] options =
        [
            .. TakesTokens ? Array.Empty<string>() : [$"InputSize = {InputSize}"],
            .. Precision == Precision.Float32 ? Array.Empty<string>() : [$"Precision = Precision.{Precision}"],
        ];
        var model = options.Length == 0 ? "[RnnModel]" : $"[RnnModel({string.Join(", ", options)})]";
        var layers = string.Concat(Layers.Select(layer => $"{layer}\n"));
        var functions = UserFunctions.Sources.Where(function => layers.Contains($"\"{function.Key}\"", StringComparison.Ordinal)).ToArray();
        return functions.Length == 0
            ? $"{model}\n{layers}public sealed partial class {name};\n"
            : $"{model}\n{layers}public sealed partial class {name}\n{{\n{string.Concat(functions.Select(function => $"    {function.Value}\n"))}}}\n";
    }
}
