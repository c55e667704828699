using NanoRnn.Tool.Graphs;

namespace NanoRnn.Tool.Recognition;

/// <summary>Which axes of a graph's input are time and features. All others are one.</summary>
/// <param name="Input">The input.</param>
/// <param name="TimeAxis">The axis of time steps; null if the input is one step.</param>
/// <param name="FeatureAxis">The axis of features; null for tokens.</param>
/// <param name="Steps">How many steps the graph is gone through with.</param>
/// <param name="OtherSteps">Another number of steps to go through a graph with that leaves the number open: what is the same for both is so for all.</param>
internal sealed record InputLayout(GraphInput Input, int? TimeAxis, int? FeatureAxis, int Steps, int OtherSteps)
{
    private const int FewSteps = 7;
    private const int ManySteps = 37;
    private const int MostSteps = 1 << 12;

    /// <summary>Features of a step, 1 for tokens.</summary>
    public int Features => FeatureAxis is { } axis ? Input.Shape[axis]!.Value : 1;

    /// <summary>The input's shape at this number of steps.</summary>
    public int[] Shape => [.. Input.Shape.Select((_, axis) => axis == TimeAxis ? Steps : axis == FeatureAxis ? Features : 1)];

    /// <summary>Whether the file leaves the number of steps open.</summary>
    public bool IsOpen => TimeAxis is { } axis && Input.Shape[axis] is null;

    /// <summary>The same axes, with another number of steps.</summary>
    public InputLayout Other => this with { Steps = OtherSteps };

    /// <summary>All that the first input of a graph can be, those with time first.</summary>
    public static IEnumerable<InputLayout> Of(OperatorGraph graph)
    {
        var (input, open) = (graph.Inputs[0], OpenStepsOf(graph));
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
            .Select(axis => new InputLayout(input, axis.Time, axis.Feature, axis.Time is { } time ? input.Shape[time] ?? open : 1, open + (open == FewSteps ? 4 : 13))).ToArray();
        return layouts.OrderBy(layout => layout.Steps == 1);
    }

    /// <summary>A number of steps for a graph that leaves it open: so many that there are windows of windows, and not a multiple of strides.</summary>
    private static int OpenStepsOf(OperatorGraph graph)
    {
        var (stride, seen) = (1L, 0L);
        foreach (var node in graph.Nodes.Where(node => node.Kind is "Conv" or "MaxPool" or "AveragePool"))
        {
            seen = Math.Min(MostSteps, seen + stride * Largest(node, "kernel_shape") * Largest(node, "dilations"));
            stride = Math.Min(MostSteps, stride * Largest(node, "strides"));
        }

        return seen == 0 ? FewSteps : (int)seen / 2 * 2 + ManySteps;

        static long Largest(OperatorNode node, string attribute) => Math.Clamp((node.Integers(attribute) ?? []).DefaultIfEmpty(1).Max(), 1, MostSteps);
    }
}
