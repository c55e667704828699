using NAudio.Midi;

namespace Music;

/// <summary>Music in four voices, a chord of four pitches for each quarter note.</summary>
public sealed class Score
{
    private const int TicksPerQuarter = 480;
    private const int BeatsPerMinute = 80;
    private const int QuartersPerLine = 16;
    private const int Velocity = 80;
    private const int ChurchOrgan = 19;
    private static readonly string[] VoiceNames = ["Soprano", "Alto", "Tenor", "Bass"];
    private static readonly string[] NoteNames = ["C", "C#", "D", "Eb", "E", "F", "F#", "G", "G#", "A", "Bb", "B"];

    private readonly int[][] _chords;

    /// <param name="chords">Four MIDI pitches each, in any order: the highest is the soprano's.</param>
    /// <exception cref="ArgumentException">A chord has fewer or more pitches.</exception>
    public Score(IEnumerable<int[]> chords)
    {
        _chords = [.. chords.Select(chord => chord.OrderDescending().ToArray())];
        foreach (var (i, chord) in _chords.Index())
        {
            if (chord.Length != VoiceNames.Length)
                throw new ArgumentException($"Chord {i} has {chord.Length} pitches; expected {VoiceNames.Length}.", nameof(chords));
        }
    }

    /// <summary>The notes of a voice, 0 for the soprano to 3 for the bass. Equal pitches in a row are one note, held.</summary>
    public IEnumerable<Note> NotesOf(int voice)
    {
        for (var start = 0; start < _chords.Length;)
        {
            var end = start + 1;
            while (end < _chords.Length && _chords[end][voice] == _chords[start][voice])
                end++;
            yield return new Note(start, end - start, _chords[start][voice]);
            start = end;
        }
    }

    /// <summary>Prints a line for each voice, with the name of each note and a dash for each quarter that it is held for.</summary>
    public void Write(TextWriter output)
    {
        var lines = VoiceNames.Select((_, voice) => NotesOf(voice)
            .SelectMany(note => Enumerable.Repeat("-", note.Quarters - 1).Prepend($"{NoteNames[note.Pitch % 12]}{note.Pitch / 12 - 1}"))
            .Chunk(QuartersPerLine).ToArray()).ToArray();
        for (var line = 0; line < lines[0].Length; line++)
        {
            output.WriteLine();
            foreach (var (voice, name) in VoiceNames.Index())
                output.WriteLine($"{name,-8}{string.Concat(lines[voice][line].Select(note => $"{note,-4}"))}".TrimEnd());
        }
    }

    /// <summary>Saves a MIDI file of format 1: a track for the tempo, and one for each voice.</summary>
    public void Save(string path)
    {
        var file = new MidiEventCollection(midiFileType: 1, TicksPerQuarter);
        file.AddEvent(new TempoEvent(60_000_000 / BeatsPerMinute, absoluteTime: 0), 0);
        foreach (var (voice, name) in VoiceNames.Index())
        {
            var (track, channel) = (voice + 1, voice + 1);
            file.AddEvent(new TextEvent(name, MetaEventType.SequenceTrackName, absoluteTime: 0), track);
            file.AddEvent(new PatchChangeEvent(absoluteTime: 0, channel, ChurchOrgan), track);
            foreach (var note in NotesOf(voice))
            {
                var start = new NoteOnEvent(note.Start * TicksPerQuarter, channel, note.Pitch, Velocity, note.Quarters * TicksPerQuarter);
                file.AddEvent(start, track);
                file.AddEvent(start.OffEvent!, track);
            }
        }

        file.PrepareForExport();
        MidiFile.Export(path, file);
    }
}
