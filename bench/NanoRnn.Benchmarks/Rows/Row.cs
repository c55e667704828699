using System.Text.Json;
using System.Text.Json.Serialization;

namespace NanoRnn.Benchmarks.Rows;

/// <summary>One measured figure: a line of JSON, which programs in any language can print.</summary>
internal sealed record Row
{
    private static readonly JsonSerializerOptions Json =
        new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>Who was measured: a library, or <c>machine</c> for the processor's own limits.</summary>
    public required string Peer { get; init; }

    public required string Task { get; init; }

    public string? Cell { get; init; }

    public int? Hidden { get; init; }

    public required string Unit { get; init; }

    public required double Median { get; init; }

    public int Threads { get; init; } = 1;

    /// <summary>Bits of the vector registers in use, 0 for none.</summary>
    public int? Vectors { get; init; }

    /// <summary>Memory that a limit of loads was measured over.</summary>
    public int? Kibibytes { get; init; }

    public double? Min { get; init; }

    /// <summary>Floating-point operations in the products of one unit of the task; a multiply-add is two.</summary>
    public double? Flops { get; init; }

    /// <summary>Bytes of weights that one unit of the task has to load; null if they are used many times.</summary>
    public double? Bytes { get; init; }

    /// <summary>The rows of a file; lines that are no JSON object are left out.</summary>
    public static IReadOnlyList<Row> Read(string path) =>
    [
        .. File.ReadLines(path)
            .Where(line => line.StartsWith('{'))
            .Select(line => JsonSerializer.Deserialize<Row>(line, Json)!),
    ];

    public string ToJson() => JsonSerializer.Serialize(this, Json);
}
