using NanoRnn.CompilerServices;

namespace NanoRnn;

/// <summary>What a metric is told of the outputs and targets that it will see.</summary>
public readonly record struct MetricContext
{
    /// <summary>Numbers of one output.</summary>
    public required int OutputSize { get; init; }

    /// <summary>Numbers of one target: as many, or 1 if targets are classes.</summary>
    public required int TargetSize { get; init; }

    /// <summary>Whether a target is the index of a class, as for <see cref="Loss.SparseCategoricalCrossentropy"/>.</summary>
    public bool HasClasses { get; init; }

    /// <summary>The model's description.</summary>
    internal ModelLayout? Layout { get; init; }

    /// <summary>What targets are for.</summary>
    internal Loss? Loss { get; init; }

    /// <summary>Between what the outputs lie.</summary>
    internal OutputRange OutputRange { get; init; }

    /// <summary>Whether there is a target of its own for each output.</summary>
    internal bool HasTargetPerOutput => !HasClasses && TargetSize == OutputSize;

    /// <summary>Whether targets are those of classes, as indices or one-hot.</summary>
    internal bool HasTargetsOfClasses => HasClasses || TargetSize == OutputSize;

    /// <summary>The target of one output: 1 for the index of its class, 0 for that of another.</summary>
    internal float TargetOf(ReadOnlySpan<float> target, int output) => !HasClasses ? target[output] : (int)target[0] == output ? 1 : 0;

    /// <summary>What is wrong with a metric that compares each output with a target, or null.</summary>
    internal string? NeedTargetPerOutput() => HasTargetPerOutput ? null : $"needs a target for each of the {OutputSize} outputs, found {Targets}";

    /// <summary>What is wrong with a metric of classes, or null.</summary>
    internal string? NeedClasses() => OutputSize < 2 ? $"needs an output for each of two or more classes, found {OutputSize}"
        : HasTargetsOfClasses ? null
        : $"needs a target for each of the {OutputSize} outputs, or the index of a class, found {Targets}";

    /// <summary>What is wrong with a metric of probabilities, or null.</summary>
    internal string? NeedProbabilities() => OutputRange is OutputRange.Probability or OutputRange.UnitInterval
        ? null
        : "needs outputs from 0 to 1, from a layer with sigmoid or softmax";

    private string Targets => HasClasses ? "indices of classes" : $"{TargetSize} numbers";
}
