namespace NanoRnn.Tool.Recognition;

/// <summary>A graph that has been recognised.</summary>
/// <param name="Layout">Its input.</param>
/// <param name="Outputs">What it gives.</param>
/// <param name="States">Inputs and outputs that a session's state is in their place.</param>
/// <param name="Notes">What is to be known of it.</param>
internal sealed record Network(InputLayout Layout, IReadOnlyList<NetworkOutput> Outputs, IReadOnlyList<StatePair> States, IReadOnlyList<string> Notes)
{
    /// <summary>All that its outputs are computed from, each behind what it is computed from.</summary>
    public IReadOnlyList<Value> Values()
    {
        var (values, seen) = (new List<Value>(), new HashSet<Value>());
        var pending = new Stack<(Value Value, bool IsDone)>(Outputs.Reverse().Select(output => (output.Value, false)));
        while (pending.TryPop(out var item))
        {
            if (item.IsDone)
                values.Add(item.Value);
            else if (seen.Add(item.Value))
            {
                pending.Push((item.Value, true));
                foreach (var source in item.Value.Sources.Reverse())
                    pending.Push((source, false));
            }
        }

        return values;
    }
}
