namespace NanoRnn;

/// <summary>A loss whose target is one class index for every position.</summary>
internal abstract class SparseLoss(string name) : PositionLoss(name)
{
    internal override bool HasClasses => true;

    internal override int TargetsPerPosition(int outputSize) => 1;

    internal override int ClassCount(int outputSize) => outputSize;

    internal override int FindClass(ReadOnlySpan<float> target) => (int)target[0];

    /// <summary>Whether a target is a class index.</summary>
    internal static bool IsClass(float target, int classes) => target >= 0 && target < classes && (int)target == target;

    internal override (float Target, int Classes)? FindNoClass(ReadOnlySpan<float> target, int outputSize) =>
        IsClass(target[0], outputSize) ? null : (target[0], outputSize);

    private protected override string? FindMistake(ReadOnlySpan<float> target, int outputSize) => IsClass(target[0], outputSize)
        ? null
        : FormattableString.Invariant($"is {target[0]}; expected a class index, a whole number from 0 to {outputSize - 1}");
}
