namespace NanoRnn.Reference;

/// <summary>
/// Remembers on which side of its kinks every function was evaluated. Two evaluations of one network with different traces
/// have a kink between them, and their difference says nothing about the slope.
/// </summary>
internal sealed class BranchTrace : FunctionProbe
{
    /// <summary>A hash of all sides taken so far, in order.</summary>
    public ulong Hash { get; private set; } = 14695981039346656037;

    public override void Note(bool side) => Hash = unchecked((Hash ^ (side ? 2u : 1u)) * 1099511628211);
}
