namespace NanoRnn;

/// <summary>What a text is cut into. Names are those of Keras's <c>TextVectorization</c>.</summary>
public enum TextSplit
{
    /// <summary>Words: what stands between white space.</summary>
    Whitespace,

    /// <summary>Characters: Unicode scalar values, white space among them.</summary>
    Character,
}
