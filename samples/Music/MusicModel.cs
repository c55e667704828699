using NanoRnn;

namespace Music;

/// <summary>From the chords so far to the probability of each key of a piano to sound in the next one.</summary>
[RnnModel(InputSize = Chorales.Keys)]
[Lstm(192, ReturnSequences = true, RecurrentDropout = 0.3)]
[Dropout(0.4)]
[Dense(Chorales.Keys, Activation = Activation.Sigmoid)]
public sealed partial class MusicModel;
