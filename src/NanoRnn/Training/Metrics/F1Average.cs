namespace NanoRnn;

/// <summary>How the scores of several outputs become one.</summary>
public enum F1Average
{
    /// <summary>Their mean.</summary>
    Macro,

    /// <summary>The score of the counts of all outputs together.</summary>
    Micro,

    /// <summary>Their mean, each weighted by how often its target is positive.</summary>
    Weighted,
}
