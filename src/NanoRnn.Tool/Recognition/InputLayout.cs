using NanoRnn.Tool.Graphs;

namespace NanoRnn.Tool.Recognition;

/// <summary>Which axes of a graph's input are time and features. All others are one.</summary>
/// <param name="Input">The input.</param>
/// <param name="TimeAxis">The axis of time steps; null if the input is one step.</param>
/// <param name="FeatureAxis">The axis of features; null for tokens.</param>
/// <param name="Steps">How many steps the graph is gone through with.</param>
internal sealed record InputLayout(GraphInput Input, int? TimeAxis, int? FeatureAxis, int Steps)
{
    /// <summary>Two numbers of steps to go through a graph with that leaves the number open: what is the same for both is so for all.</summary>
    private static readonly int[] OpenSteps = [7, 11];

    /// <summary>Features of a step, 1 for tokens.</summary>
    public int Features => FeatureAxis is { } axis ? Input.Shape[axis]!.Value : 1;

    /// <summary>The input's shape at this number of steps.</summary>
    public int[] Shape => [.. Input.Shape.Select((_, axis) => axis == TimeAxis ? Steps : axis == FeatureAxis ? Features : 1)];

    /// <summary>Whether the file leaves the number of steps open.</summary>
    public bool IsOpen => TimeAxis is { } axis && Input.Shape[axis] is null;

    /// <summary>The same axes, with another number of steps.</summary>
    public InputLayout Other => this with { Steps = OpenSteps[1] };

    /// <summary>All that an input can be, those with time first.</summary>
    public static IEnumerable<InputLayout> Of(GraphInput input)
    {
        (int? Time, int? Feature)[] axes = (input.Shape.Length, input.IsInteger) switch
        {
            (1, false) => [(null, 0)],
            (2, false) => [(0, 1), (1, 0), (null, 1)],
            (3, false) => [(1, 2), (0, 2), (2, 1)],
            (1, true) => [(0, null)],
            (2, true) => [(1, null), (0, null)],
            _ => [],
        };
        var layouts = axes.Where(axis => axis.Feature is not { } feature || input.Shape[feature] is not null)
            .Select(axis => new InputLayout(input, axis.Time, axis.Feature, axis.Time is { } time ? input.Shape[time] ?? OpenSteps[0] : 1)).ToArray();
        return layouts.OrderBy(layout => layout.Steps == 1);
    }
}
