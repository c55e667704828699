using System.Text.Json;
using NanoRnn.Tool.Graphs;

namespace NanoRnn.Tool.Formats;

/// <summary>Reads what models of JSON files are made of.</summary>
internal static class JsonNumbers
{
    /// <summary>A document.</summary>
    /// <exception cref="ToolException">It is no JSON object.</exception>
    public static JsonElement Parse(ReadOnlyMemory<byte> text)
    {
        try
        {
            CheckTexts(text.Span);
            var root = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 64 }).RootElement;
            return root.ValueKind == JsonValueKind.Object ? root : throw new ToolException($"expected a JSON object, found {root.ValueKind}.");
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new ToolException($"expected JSON: {exception.Message}", exception);
        }
    }

    /// <summary>A member that has to be there.</summary>
    public static JsonElement Member(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member) ? member : throw new ToolException($"expected a member '{name}' in JSON, found none.");

    public static bool Has(this JsonElement element, string name) => element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member) && member.ValueKind != JsonValueKind.Null;

    public static string? Text(this JsonElement element, string name) => element.Has(name) && element.Member(name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    public static double Number(this JsonElement element, string name, double? fallback = null) => !element.Has(name) && fallback is { } value ? value
        : element.Member(name) is { ValueKind: JsonValueKind.Number } number && number.TryGetDouble(out var found) ? found : throw new ToolException($"expected a number as '{name}' in JSON.");

    /// <summary>A size, from 1 on.</summary>
    public static int Size(this JsonElement element, string name) => element.Number(name) is >= 1 and <= 1 << 20 and var size && size == Math.Floor(size) ? (int)size
        : throw new ToolException($"expected '{name}' from 1 to {1 << 20} in JSON, found {element.Number(name)}.");

    /// <summary>A size that a list of one has, or that stands by itself; 1 where there is none.</summary>
    public static int SizeOfOne(this JsonElement element, string name)
    {
        if (!element.Has(name))
            return 1;
        return element.Member(name).ValueKind == JsonValueKind.Array
            ? element.List(name) is [{ ValueKind: JsonValueKind.Number } only] && only.TryGetInt32(out var size) && size is >= 1 and <= 1 << 20 ? size
                : throw new ToolException($"'{name}': expected one number from 1 on.")
            : element.Size(name);
    }

    public static bool Flag(this JsonElement element, string name, bool fallback = false) =>
        !element.Has(name) ? fallback : element.Member(name).ValueKind is JsonValueKind.True || element.Member(name) is { ValueKind: JsonValueKind.Number } number && number.GetDouble() != 0;

    /// <summary>The elements of a list.</summary>
    public static JsonElement[] List(this JsonElement element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.Array } list ? [.. list.EnumerateArray()] : throw new ToolException($"expected a list as '{name}' in JSON.");

    /// <summary>A list of numbers, or of lists of numbers of one length.</summary>
    public static Tensor ToTensor(this JsonElement element)
    {
        var (shape, values) = (new List<int>(), new List<double>());
        Collect(element, 0);
        return new Tensor([.. shape], [.. values]);

        void Collect(JsonElement part, int depth)
        {
            if (part.ValueKind == JsonValueKind.Number && depth == shape.Count)
            {
                values.Add(part.TryGetDouble(out var value) ? value : throw new ToolException("expected a number in JSON that a double holds."));
                return;
            }

            if (part.ValueKind != JsonValueKind.Array || depth > 3 || depth == shape.Count && values.Count > 0)
                throw new ToolException("expected numbers in lists of one length in JSON.");
            var length = part.GetArrayLength();
            if (depth == shape.Count)
                shape.Add(length);
            if (shape[depth] != length || length == 0)
                throw new ToolException("expected numbers in lists of one length in JSON.");
            foreach (var item in part.EnumerateArray())
                Collect(item, depth + 1);
        }
    }

    /// <summary>Reads all texts once, so that those that are none are found here.</summary>
    private static void CheckTexts(ReadOnlySpan<byte> text)
    {
        var reader = new Utf8JsonReader(text);
        while (reader.Read())
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName)
                reader.GetString();
    }
}
