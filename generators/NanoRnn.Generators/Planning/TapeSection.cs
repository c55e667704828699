namespace NanoRnn.Generators.Planning;

/// <summary>
/// A part of the tape for n sequences of T steps: it has n·(<paramref name="PerStep"/>·T + <paramref name="Fixed"/>) floats and
/// starts at n·(<paramref name="StartPerStep"/>·T + <paramref name="StartFixed"/>).
/// </summary>
internal sealed record TapeSection(int StartPerStep, int StartFixed, int PerStep, int Fixed);

/// <summary>Lays sections one behind the other.</summary>
internal sealed class TapeBuilder
{
    public int PerStep { get; private set; }

    public int Fixed { get; private set; }

    public TapeSection Add(int perStep, int @fixed)
    {
        var section = new TapeSection(PerStep, Fixed, perStep, @fixed);
        PerStep += perStep;
        Fixed += @fixed;
        return section;
    }
}
