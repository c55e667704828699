using System.Text.Json;
using NanoRnn;
using Samples;

namespace Music;

/// <summary>Chorales in the three parts of their publication. A chorale is a chord for each quarter note, a chord the MIDI pitches that sound.</summary>
public sealed record Chorales(int[][][] Training, int[][][] Validation, int[][][] Test)
{
    /// <summary>Keys of a piano, each an input and an output of the model.</summary>
    public const int Keys = 88;

    /// <summary>MIDI pitch of the lowest key.</summary>
    public const int LowestPitch = 21;

    /// <exception cref="InvalidDataException">The file is no such collection.</exception>
    public static Chorales Load(string path)
    {
        try
        {
            using var reader = DataFile.OpenText(path);
            var parts = JsonSerializer.Deserialize<Dictionary<string, int[][][]>>(reader.BaseStream)!;
            return new(PartOf("train"), PartOf("valid"), PartOf("test"));

            int[][][] PartOf(string name)
            {
                if (!parts.TryGetValue(name, out var chorales))
                    throw new InvalidDataException($"{path}: expected the parts 'train', 'valid' and 'test', found '{string.Join("', '", parts.Keys)}'.");
                foreach (var (i, chorale) in chorales.Index())
                {
                    if (chorale.Length < 2)
                        throw new InvalidDataException($"{path}: chorale {i} of '{name}' should have two chords or more, and has {chorale.Length}.");
                    foreach (var pitch in chorale.SelectMany(chord => chord))
                    {
                        if (pitch is < LowestPitch or >= LowestPitch + Keys)
                            throw new InvalidDataException($"{path}: chorale {i} of '{name}' has the pitch {pitch}; a piano has {LowestPitch} to {LowestPitch + Keys - 1}.");
                    }
                }

                return chorales;
            }
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"{path}: {exception.Message}", exception);
        }
    }

    /// <summary>The chords of every chorale but the last, with the next one as each one's target.</summary>
    /// <param name="chorales">Of one chord more than time steps at most.</param>
    /// <param name="timeSteps">Time steps of a sample.</param>
    public static SequenceDataset ToDataset(IReadOnlyList<int[][]> chorales, int timeSteps)
    {
        var (inputs, targets) = (new float[chorales.Count * timeSteps * Keys], new float[chorales.Count * timeSteps * Keys]);
        foreach (var (i, chorale) in chorales.Index())
        {
            for (var step = 0; step < chorale.Length - 1; step++)
            {
                var row = (i * timeSteps + step) * Keys;
                SetKeys(chorale[step], inputs.AsSpan(row, Keys));
                SetKeys(chorale[step + 1], targets.AsSpan(row, Keys));
            }
        }

        return new SequenceDataset(inputs, targets, timeSteps, Keys, timeSteps * Keys, chorales.Select(chorale => chorale.Length - 1).ToArray());
    }

    /// <summary>The chorales in pieces of at most so many time steps; the last piece of a longer one overlaps the one before.</summary>
    public static IReadOnlyList<int[][]> Cut(IEnumerable<int[][]> chorales, int timeSteps)
    {
        var pieces = new List<int[][]>();
        foreach (var chorale in chorales)
        {
            var last = Math.Max(0, chorale.Length - 1 - timeSteps);
            for (var start = 0; start < last; start += timeSteps)
                pieces.Add(chorale[start..(start + timeSteps + 1)]);
            pieces.Add(chorale[last..]);
        }

        return pieces;
    }

    /// <summary>Ones at the keys of a chord.</summary>
    public static void SetKeys(ReadOnlySpan<int> chord, Span<float> keys)
    {
        keys.Clear();
        foreach (var pitch in chord)
            keys[pitch - LowestPitch] = 1;
    }
}
