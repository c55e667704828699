using System.Globalization;
using NanoRnn;
using nietras.SeparatedValues;
using Samples;

namespace EquipmentFailure;

/// <summary>Engines of one kind: what their sensors have measured, cycle by cycle, and how many cycles they had left.</summary>
public sealed class Fleet
{
    /// <summary>Sensors of an engine that measure anything; the other seven show the same number all the time.</summary>
    public const int Sensors = 14;

    /// <summary>Cycles that a forecast looks back. No engine has been cut off earlier.</summary>
    public const int Window = 30;

    /// <summary>What counts as the remaining life of an engine that has more: wear cannot be seen so early.</summary>
    public const int MaxRemainingLife = 125;

    private const int ColumnsBeforeSensors = 5;
    private const int Columns = ColumnsBeforeSensors + 21;
    private static readonly int[] SensorNumbers = [2, 3, 4, 7, 8, 9, 11, 12, 13, 14, 15, 17, 20, 21];

    private readonly float[] _readings;
    private readonly float[] _remainingLife;
    private readonly int[] _starts;

    private Fleet(float[] readings, int[] starts)
    {
        (_readings, _starts, _remainingLife) = (readings, starts, new float[readings.Length / Sensors]);
        _remainingLife.AsSpan().Fill(float.NaN);
    }

    /// <summary>Number of engines.</summary>
    public int Count => _starts.Length;

    /// <summary>Engines that ran until they failed, so that the life that was left is known for every cycle.</summary>
    /// <param name="path">A line for each cycle: engine, cycle, three settings, 21 sensors.</param>
    /// <exception cref="InvalidDataException">A line is not what it should be.</exception>
    public static Fleet LoadFailed(string path)
    {
        var fleet = Load(path);
        for (var engine = 0; engine < fleet.Count; engine++)
        {
            for (var cycle = fleet.StartOf(engine); cycle < fleet.StartOf(engine + 1); cycle++)
                fleet._remainingLife[cycle] = Math.Min(fleet.StartOf(engine + 1) - 1 - cycle, MaxRemainingLife);
        }

        return fleet;
    }

    /// <summary>Engines that were cut off before they failed: the life that was left is known, and asked for, at their last cycle alone.</summary>
    /// <param name="path">As in <see cref="LoadFailed"/>.</param>
    /// <param name="remainingLifePath">A line for each engine: the cycles that were left.</param>
    /// <inheritdoc cref="LoadFailed"/>
    public static Fleet LoadRunning(string path, string remainingLifePath)
    {
        var fleet = Load(path);
        var lines = File.ReadAllLines(remainingLifePath);
        if (lines.Length != fleet.Count)
            throw new InvalidDataException($"{remainingLifePath}: expected a number for each of {fleet.Count} engines, found {lines.Length}.");
        for (var engine = 0; engine < fleet.Count; engine++)
        {
            if (!int.TryParse(lines[engine].AsSpan().Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var cycles))
                throw new InvalidDataException($"{remainingLifePath}, line {engine + 1}: expected a number of cycles, found '{lines[engine]}'.");
            fleet._remainingLife[fleet.StartOf(engine + 1) - 1] = Math.Min(cycles, MaxRemainingLife);
        }

        return fleet;
    }

    /// <summary>The windows that end where the remaining life is known, which is their target.</summary>
    public SequenceDataset ToWindows() => ToWindows(0, Count);

    /// <inheritdoc cref="ToWindows()"/>
    /// <param name="start">The first engine.</param>
    /// <param name="end">The engine behind the last one.</param>
    public SequenceDataset ToWindows(int start, int end) => SequenceDataset.FromWindows(_readings, _remainingLife, new WindowOptions
    {
        SequenceLength = Window,
        Columns = Sensors,
        Offset = 0,
        SegmentStarts = _starts,
        SkipMissing = true,
        StartIndex = StartOf(start),
        EndIndex = StartOf(end),
    });

    private int StartOf(int engine) => engine < Count ? _starts[engine] : _remainingLife.Length;

    private static Fleet Load(string path)
    {
        var (readings, starts, lastCycle) = (new List<float>(), new List<int>(), 0);
        using var reader = Sep.New(' ').Reader(options => options with { HasHeader = false, DisableColCountCheck = true }).From(DataFile.OpenText(path));
        foreach (var row in reader)
        {
            if (row.ColCount < Columns || !row[0].TryParse<int>(out var engine) || !row[1].TryParse<int>(out var cycle))
                throw Mistake("expected engine, cycle, 3 settings and 21 sensors", row);
            if (engine == starts.Count + 1 && cycle == 1)
                starts.Add(readings.Count / Sensors);
            else if (engine != starts.Count || cycle != lastCycle + 1)
                throw Mistake($"expected cycle {lastCycle + 1} of engine {starts.Count}, or the first one of the next", row);
            lastCycle = cycle;
            foreach (var number in SensorNumbers)
                readings.Add(row[ColumnsBeforeSensors + number - 1].TryParse<float>(out var value) ? value : throw Mistake("expected numbers", row));
        }

        return starts.Count > 0 ? new([.. readings], [.. starts]) : throw new InvalidDataException($"{path} has no engines.");

        // A line is a cycle; without a header Sep counts the first one as the second.
        InvalidDataException Mistake(string what, SepReader.Row row) => new($"{path}, line {readings.Count / Sensors + 1}: {what}, found '{row.Span}'.");
    }
}
