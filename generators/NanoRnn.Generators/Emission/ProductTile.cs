namespace NanoRnn.Generators.Emission;

/// <summary>Where the sums of a product start.</summary>
internal enum ProductStart
{
    Zero,

    /// <summary>At what the target holds.</summary>
    Target,
}

/// <summary>
/// A tile of a matrix product without activations: c[r][lanes] = Σᵢ a[r][i] · b[i][lanes], from references a, b and c that
/// already point at the tile.
/// </summary>
/// <param name="writer">Where the tile goes.</param>
/// <param name="groups">The registers of one row.</param>
/// <param name="source">Where a register reads in a row of b.</param>
/// <param name="target">Where it writes in a row of c.</param>
internal sealed class ProductTile(
    SourceWriter writer, IReadOnlyList<LaneGroup> groups, Func<LaneGroup, int> source, Func<LaneGroup, int> target)
{
    /// <param name="rows">Rows of the tile.</param>
    /// <param name="count">Terms of the sum, an expression.</param>
    /// <param name="aRowStride">From one row of a to the next.</param>
    /// <param name="aStep">From one term to the next in a; 0 where a is all ones.</param>
    /// <param name="bStep">From one term to the next in b.</param>
    /// <param name="cRowStride">From one row of c to the next.</param>
    /// <param name="start">Where the sums start.</param>
    /// <param name="addsToTargetIf">When the finished sums are added to the target instead of replacing it.</param>
    public void Emit(
        int rows, string count, int aRowStride, int aStep, int bStep, int cRowStride, ProductStart start, string? addsToTargetIf)
    {
        ForEachSum(rows, (row, group, sum) => writer.Line(
            $"var {sum} = {(start == ProductStart.Zero ? group.Dialect.Zero : group.Dialect.Load("c", Target(row, group)))};"));
        using (writer.Block($"for (nint i = 0; i < {count}; i++)"))
        {
            var dialects = groups.Select(group => group.Dialect).Distinct().ToArray();
            if (aStep > 0)
                for (var row = 0; row < rows; row++)
                    foreach (var dialect in dialects)
                        writer.Line($"var a{row}Of{dialect.Lanes} = {dialect.Broadcast(Dialect.Scalar.Load("a", (row * aRowStride).ToString()))};");
            for (var g = 0; g < groups.Count; g++)
            {
                writer.Line($"var b{g} = {groups[g].Dialect.Load("b", source(groups[g]).ToString())};");
                for (var row = 0; row < rows; row++)
                {
                    var sum = Sum(row, g);
                    writer.Line(aStep > 0
                        ? $"{sum} = {groups[g].Dialect.FusedMultiplyAdd($"a{row}Of{groups[g].Dialect.Lanes}", $"b{g}", sum)};"
                        : $"{sum} += b{g};");
                }
            }

            if (aStep > 0)
                writer.Line($"a = ref Unsafe.Add(ref a, {aStep});");
            writer.Line($"b = ref Unsafe.Add(ref b, {bStep});");
        }

        if (addsToTargetIf is not null)
            using (writer.Block($"if ({addsToTargetIf})"))
                ForEachSum(rows, (row, group, sum) => writer.Line($"{sum} += {group.Dialect.Load("c", Target(row, group))};"));
        ForEachSum(rows, (row, group, sum) => writer.Line(group.Dialect.Store(sum, "c", Target(row, group))));

        string Target(int row, LaneGroup group) => (row * cRowStride + target(group)).ToString();
    }

    private void ForEachSum(int rows, Action<int, LaneGroup, string> action)
    {
        for (var row = 0; row < rows; row++)
            for (var g = 0; g < groups.Count; g++)
                action(row, groups[g], Sum(row, g));
    }

    private string Sum(int row, int group) => $"sum{row * groups.Count + group}";
}
