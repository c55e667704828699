namespace NanoRnn;

/// <summary>What is done with a text before it is cut. Names are those of Keras's <c>TextVectorization</c>.</summary>
[Flags]
public enum TextStandardization
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Upper case becomes lower case, as in the invariant culture.</summary>
    Lower = 1,

    /// <summary>The 32 punctuation characters of ASCII are taken out: "don't" becomes "dont".</summary>
    StripPunctuation = 2,

    /// <summary>Both.</summary>
    LowerAndStripPunctuation = Lower | StripPunctuation,
}
