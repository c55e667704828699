namespace NanoRnn.Tool.Recognition;

/// <summary>How two values become one, feature by feature.</summary>
internal enum MergeKind
{
    Add,
    Subtract,
    Multiply,
}
