using System.ComponentModel;

namespace NanoRnn.CompilerServices;

/// <summary>Where the columns of a gate lie in a matrix of 8-bit integers.</summary>
/// <param name="Offset">Where the matrix starts in the packed weights, in lanes of 32 bits.</param>
/// <param name="Columns">Columns of the matrix, a multiple of 16.</param>
/// <param name="Map">Which of the maps in the matrix the gate is.</param>
/// <param name="MapCount">How many maps the matrix has.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct Int8Gate(int Offset, int Columns, int Map, int MapCount);
