namespace Music;

/// <summary>A note of a voice.</summary>
/// <param name="Start">Quarter notes before it.</param>
/// <param name="Quarters">How many quarter notes it lasts.</param>
/// <param name="Pitch">Its MIDI pitch; 60 is C4.</param>
public readonly record struct Note(int Start, int Quarters, int Pitch);
