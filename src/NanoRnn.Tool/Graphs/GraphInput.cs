namespace NanoRnn.Tool.Graphs;

/// <summary>What a graph is given.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Shape">Dimensions, null where the file leaves one open.</param>
/// <param name="IsInteger">Whether it is integers, as token ids are.</param>
internal sealed record GraphInput(string Name, int?[] Shape, bool IsInteger = false)
{
    /// <summary>For messages.</summary>
    public override string ToString() => $"'{Name}' [{string.Join(", ", Shape.Select(dimension => dimension?.ToString() ?? "?"))}]";
}
