namespace NanoRnn.Tool.Operators;

/// <summary>How many elements all tensors of one computation may have, so that a small file cannot take much memory.</summary>
/// <param name="limit">The number.</param>
internal sealed class ElementBudget(long limit)
{
    private long _left = limit;

    public bool TryTake(long count)
    {
        if (count > _left)
            return false;
        _left -= count;
        return true;
    }
}
