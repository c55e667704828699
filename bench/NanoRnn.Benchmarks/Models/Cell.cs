namespace NanoRnn.Benchmarks.Models;

/// <summary>The recurrent layer of a model.</summary>
public enum Cell
{
    /// <summary><c>[SimpleRnn]</c>, one gate.</summary>
    Rnn,

    /// <summary><c>[Lstm]</c>, four gates.</summary>
    Lstm,

    /// <summary><c>[Gru]</c> with the reset after the product, three gates.</summary>
    Gru,
}
