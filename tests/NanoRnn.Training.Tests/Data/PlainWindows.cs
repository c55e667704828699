namespace NanoRnn.Training.Tests.Data;

/// <summary>Windows by their definition: every row is tried as a start, every row that a window uses is looked at.</summary>
internal static class PlainWindows
{
    public static List<(float[] Input, float[] Target)> Find(float[] series, WindowOptions options)
    {
        var rows = series.Length / options.Columns;
        var end = options.EndIndex ?? rows;
        var segments = options.SegmentStarts.ToArray();
        var inputColumns = options.InputColumns.Count > 0 ? options.InputColumns : [.. Enumerable.Range(0, options.Columns)];
        var targetColumns = options.TargetColumns.Count > 0 ? options.TargetColumns : [.. Enumerable.Range(0, options.Columns)];
        var windows = new List<(float[], float[])>();
        var (lastStart, lastSegment) = (int.MinValue, -1);
        for (var start = 0; start < rows; start++)
        {
            int[] inputRows = [.. Enumerable.Range(0, options.SequenceLength).Select(step => start + step * options.SamplingRate)];
            int[] targetRows = options.TargetPerStep
                ? [.. inputRows.Select(row => row + options.Offset)]
                : [.. Enumerable.Range(0, options.Horizon).Select(step => inputRows[^1] + options.Offset + step * options.SamplingRate)];
            int[] used = [.. inputRows, .. targetRows];
            if (used.Any(row => row < options.StartIndex || row >= end) || Segment(used.Min()) != Segment(used.Max()))
                continue;

            // The stride is counted from the first start of a segment, whether or not it has gaps.
            if (Segment(used.Min()) == lastSegment && (start - lastStart) % options.SequenceStride != 0)
                continue;
            if (Segment(used.Min()) != lastSegment)
                (lastStart, lastSegment) = (start, Segment(used.Min()));
            float[] input = [.. inputRows.SelectMany(row => inputColumns.Select(column => series[row * options.Columns + column]))];
            float[] target = [.. targetRows.SelectMany(row => targetColumns.Select(column => series[row * options.Columns + column]))];
            if (!input.Concat(target).Any(float.IsNaN))
                windows.Add((input, target));
        }

        return windows;

        int Segment(int row) => segments.Count(first => first <= row);
    }
}
