namespace NanoRnn;

/// <summary>An end of a sequence, for <see cref="SequencePadding"/>.</summary>
public enum PaddingSide
{
    /// <summary>Its beginning, Keras's <c>"pre"</c>.</summary>
    Pre,

    /// <summary>Its end, Keras's <c>"post"</c>.</summary>
    Post,
}
