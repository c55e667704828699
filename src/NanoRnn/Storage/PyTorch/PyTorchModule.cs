namespace NanoRnn.Storage;

/// <summary>What a file of PyTorch's has for one layer: the tensors of a module, or those of one of the layers of a recurrent module.</summary>
/// <remarks>The compiler reads files too, so it compiles for netstandard2.0.</remarks>
internal sealed class PyTorchModule
{
    private const string LevelMark = "_l";
    private const string Reverse = "_reverse";

    /// <summary>How many batches a batch normalization has seen, which is no weight.</summary>
    private const string BatchCount = "num_batches_tracked";

    private static readonly string[] RecurrentParts = ["weight_ih", "weight_hh", "bias_ih", "bias_hh"];

    private readonly List<SafeTensorsEntry> _tensors = [];
    private readonly List<string> _parts = [];
    private string? _signature;

    /// <param name="path">The module's path, and the number of its layer if that is not the first.</param>
    private PyTorchModule(string path) => Name = path.Replace('.', '_');

    /// <summary>What a layer of a model is called that is this one: <c>encoder_lstm</c>, <c>encoder_lstm_l1</c>.</summary>
    public string Name { get; }

    /// <summary>Its tensors with their shapes, which decide for which layers it is.</summary>
    public string Signature => _signature ??= PyTorchLayer.Sign(_parts, _tensors.ConvertAll(static tensor => tensor.Shape));

    /// <summary>Whether a layer has been found that is this one.</summary>
    public bool IsTaken { get; set; }

    /// <summary>Whether this is what PyTorch calls a weight.</summary>
    public static bool IsWeight(string name) => Split(name, out _, out _) is "weight" or "weight_ih" or "weight_hh";

    /// <summary>The modules of a file, in the order of their first tensors.</summary>
    public static List<PyTorchModule> Group(List<SafeTensorsEntry> entries)
    {
        var modules = new List<PyTorchModule>();
        var found = new Dictionary<string, PyTorchModule>(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            var part = Split(entry.Name, out var path, out var isReverse);
            if (part == BatchCount)
                continue;
            if (!found.TryGetValue(path, out var module))
            {
                found.Add(path, module = new PyTorchModule(path));
                modules.Add(module);
            }

            module._tensors.Add(entry);
            module._parts.Add(isReverse ? part + Reverse : part);
        }

        return modules;
    }

    /// <summary>The tensor of a part, such as <c>weight_ih_reverse</c>.</summary>
    public SafeTensorsEntry this[string part] => _tensors[_parts.IndexOf(part)];

    /// <summary>The order of two names that differ in numbers alone, <c>fc2</c> before <c>fc10</c>; null for others.</summary>
    public static int? CompareNumbers(string left, string right)
    {
        var (i, j, order) = (0, 0, 0);
        while (i < left.Length && j < right.Length)
        {
            var (number, other) = (ReadNumber(left, ref i), ReadNumber(right, ref j));
            if ((number is null) != (other is null) || number is null && left[i++] != right[j++])
                return null;
            if (order == 0 && number is not null)
                order = number.Length != other!.Length ? number.Length.CompareTo(other.Length) : string.CompareOrdinal(number, other);
        }

        return i == left.Length && j == right.Length ? order : null;
    }

    /// <summary>The digits from a place on without the zeros in front of them, if there are any.</summary>
    private static string? ReadNumber(string text, ref int place)
    {
        var start = place;
        while (place < text.Length && text[place] is >= '0' and <= '9')
            place++;
        return place == start ? null : text.Substring(start, place - start).TrimStart('0');
    }

    /// <summary>The last word of a tensor's name without the number of its layer, and what stands before it with that number.</summary>
    private static string Split(string name, out string path, out bool isReverse)
    {
        var dot = name.LastIndexOf('.');
        path = dot < 0 ? "" : name.Substring(0, dot);
        var part = name.Substring(dot + 1);
        isReverse = false;
        foreach (var recurrent in RecurrentParts)
        {
            if (!part.StartsWith(recurrent + LevelMark, StringComparison.Ordinal))
                continue;
            var level = part.Substring(recurrent.Length + LevelMark.Length);
            isReverse = level.EndsWith(Reverse, StringComparison.Ordinal);
            if (isReverse)
                level = level.Substring(0, level.Length - Reverse.Length);
            var end = 0;
            if (ReadNumber(level, ref end) is not { } number || end < level.Length)
                break;
            if (number.Length > 0)
                path += LevelMark + level;
            return recurrent;
        }

        return part;
    }
}
