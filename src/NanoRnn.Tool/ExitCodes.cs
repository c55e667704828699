namespace NanoRnn.Tool;

/// <summary>What the process returns.</summary>
internal static class ExitCodes
{
    public const int Success = 0;

    /// <summary>The command line is wrong.</summary>
    public const int Usage = 2;

    /// <summary>A file is missing, cannot be read or written, is damaged, or is of no known format.</summary>
    public const int InvalidFile = 3;

    /// <summary>The model is sound, and NanoRnn has no layers for it.</summary>
    public const int Unsupported = 4;
}
