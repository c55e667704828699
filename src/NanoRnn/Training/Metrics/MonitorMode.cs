namespace NanoRnn;

/// <summary>Which way a value gets better.</summary>
public enum MonitorMode
{
    /// <summary>As the metric says whose value it is; a loss gets better as it falls.</summary>
    Auto,

    /// <summary>The smaller the better.</summary>
    Min,

    /// <summary>The larger the better.</summary>
    Max,
}
