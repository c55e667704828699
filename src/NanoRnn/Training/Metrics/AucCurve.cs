namespace NanoRnn;

/// <summary>A curve whose points are those of rising thresholds.</summary>
public enum AucCurve
{
    /// <summary>Recall over the share of false positives (receiver operating characteristic).</summary>
    Roc,

    /// <summary>Precision over recall.</summary>
    PrecisionRecall,
}
