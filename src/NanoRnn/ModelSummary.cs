using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace NanoRnn;

/// <summary>One layer's row in a <see cref="ModelSummary"/>.</summary>
/// <param name="Name">Name of the layer, such as <c>lstm_1</c>.</param>
/// <param name="Type">Kind of layer, such as <c>Lstm</c>.</param>
/// <param name="OutputShape">Shape of the output as Keras prints it, such as <c>(None, None, 50)</c>: batch, time, features.</param>
/// <param name="ParameterCount">Parameters.</param>
/// <param name="WeightBytes">Bytes of the packed weights, with padding.</param>
/// <param name="StateBytes">Bytes of state and scratch for one sequence.</param>
/// <param name="TapeBytesPerStep">Bytes that training keeps for one time step of one sequence.</param>
public sealed record LayerSummary(
    string Name, string Type, string OutputShape, int ParameterCount, long WeightBytes, long StateBytes, long TapeBytesPerStep)
{
    /// <summary>Those of <see cref="ParameterCount"/> that training leaves alone.</summary>
    public int NonTrainableParameterCount { get; init; }

    /// <summary>Names of the layers that it reads, with commas between them; null in a model where each reads the one above.</summary>
    public string? ConnectedTo { get; init; }

    /// <summary>Bytes of the parameters, without padding: 4 for each, or what the model's precision takes.</summary>
    public long ParameterBytes { get; init; } = (long)ParameterCount * sizeof(float);
}

/// <summary>What training takes.</summary>
/// <param name="BatchSize">Sequences of a batch.</param>
/// <param name="TimeSteps">Time steps of a sequence.</param>
/// <param name="Bytes">Bytes of the model and its trainer, with <see cref="Optimizer.Adam"/>.</param>
public sealed record TrainingSummary(int BatchSize, int TimeSteps, long Bytes);

/// <summary>The layers of a model with their shapes, parameters and bytes; <see cref="ToString"/> prints Keras's table.</summary>
/// <param name="ModelName">Name of the class.</param>
/// <param name="Layers">The layers in order.</param>
public sealed record ModelSummary(string ModelName, ImmutableArray<LayerSummary> Layers)
{
    private const string Connections = "Connected to";

    private static readonly string[] Heading =
        ["Layer (type)", "Output Shape", "Param #", "Weights", "State", "Tape per step"];

    /// <summary>What training takes, if the model says how much of it there is; else null.</summary>
    public TrainingSummary? Training { get; init; }

    /// <summary>Parameters of all layers.</summary>
    public int ParameterCount => (int)Total(layer => layer.ParameterCount);

    /// <summary>Those of <see cref="ParameterCount"/> that training leaves alone: statistics of data.</summary>
    public int NonTrainableParameterCount => (int)Total(layer => layer.NonTrainableParameterCount);

    /// <summary>
    /// The table, with lines that end in <c>\n</c>: for every layer name, kind, output shape and parameters as in Keras, then
    /// the bytes of its packed weights, of its state for one sequence, and of what training keeps for every time step of
    /// every sequence, and, where some layer reads another than the one above, the names of those that it reads. Totals follow, parameters that are not trainable only if there are some, training only if <see cref="Training"/> is known.
    /// The same on every machine and in every culture.
    /// </summary>
    public override string ToString()
    {
        var rows = new string[Layers.Length + 1][];
        var isGraph = false;
        foreach (var layer in Layers)
            isGraph |= layer.ConnectedTo is not null;
        rows[0] = isGraph ? [.. Heading, Connections] : Heading;
        for (var i = 0; i < Layers.Length; i++)
            rows[i + 1] = isGraph ? [.. ToCells(Layers[i]), Layers[i].ConnectedTo ?? ""] : ToCells(Layers[i]);

        var widths = new int[rows[0].Length];
        var lineLength = 0;
        for (var column = 0; column < widths.Length; column++)
        {
            foreach (var row in rows)
                widths[column] = Math.Max(widths[column], row[column].Length);
            lineLength += widths[column] + 2;
        }

        var table = new StringBuilder();
        table.Append(CultureInfo.InvariantCulture, $"Model: \"{ModelName}\"\n");
        AppendRule(table, '_', lineLength);
        for (var i = 0; i < rows.Length; i++)
        {
            AppendRow(table, rows[i], widths);
            AppendRule(table, i == 0 || i == rows.Length - 1 ? '=' : '_', lineLength);
        }

        var parameters = ParameterCount;
        AppendTotal(table, "Total params", $"{Count(parameters)} ({Size(Total(layer => layer.ParameterBytes))})");
        if (NonTrainableParameterCount > 0)
        {
            AppendTotal(table, "Trainable params", Count(parameters - NonTrainableParameterCount));
            AppendTotal(table, "Non-trainable params", Count(NonTrainableParameterCount));
        }

        AppendTotal(table, "Packed weights", Size(Total(layer => layer.WeightBytes)));
        AppendTotal(table, "State per sequence", Size(Total(layer => layer.StateBytes)));
        AppendTotal(table, "Tape per sequence and time step", Size(Total(layer => layer.TapeBytesPerStep)));
        if (Training is { } training)
        {
            AppendTotal(table, string.Create(
                CultureInfo.InvariantCulture, $"Training with Adam, {training.BatchSize} sequences of {training.TimeSteps} time steps"), Size(training.Bytes));
        }

        return table.ToString();
    }

    private long Total(Func<LayerSummary, long> count)
    {
        var total = 0L;
        foreach (var layer in Layers)
            total += count(layer);
        return total;
    }

    private static string[] ToCells(LayerSummary layer) =>
    [
        $"{layer.Name} ({layer.Type})",
        layer.OutputShape,
        Count(layer.ParameterCount),
        $"{Count(layer.WeightBytes)} B",
        $"{Count(layer.StateBytes)} B",
        $"{Count(layer.TapeBytesPerStep)} B",
    ];

    // Text to the left, numbers to the right, connections, which are the last, to the left.
    private static void AppendRow(StringBuilder table, string[] cells, int[] widths)
    {
        const int TextColumns = 2;
        for (var column = 0; column < cells.Length; column++)
        {
            var cell = cells[column];
            var isText = column < TextColumns || column == Heading.Length;
            table.Append(' ').Append(isText ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column])).Append(' ');
        }

        while (table[^1] == ' ')
            table.Length--;
        table.Append('\n');
    }

    private static void AppendRule(StringBuilder table, char rule, int length) => table.Append(rule, length).Append('\n');

    private static void AppendTotal(StringBuilder table, string label, string total) =>
        table.Append(' ').Append(label).Append(": ").Append(total).Append('\n');

    private static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Size(long bytes)
    {
        const double Kilo = 1024;
        return bytes switch
        {
            < 1 << 10 => string.Create(CultureInfo.InvariantCulture, $"{bytes} B"),
            < 1 << 20 => string.Create(CultureInfo.InvariantCulture, $"{bytes / Kilo:F2} KB"),
            < 1 << 30 => string.Create(CultureInfo.InvariantCulture, $"{bytes / (Kilo * Kilo):F2} MB"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / (Kilo * Kilo * Kilo):F2} GB"),
        };
    }
}
