namespace NanoRnn.Differential.Running;

/// <summary>Some steps on one batch, with a trainer of its own.</summary>
internal sealed record TrainingRequest(CaseInput Input, float[] Targets, Loss Loss)
{
    public Optimizer Optimizer { get; init; } = Optimizer.Adam(0.01f);

    public int Steps { get; init; } = 3;

    public int Threads { get; init; } = 1;

    public bool HasLengths { get; init; }

    /// <summary>Tokens of a decoder's targets; 0 without a decoder.</summary>
    public int TargetSteps { get; init; }

    /// <summary>Steps that are kept; 0 for all.</summary>
    public int CheckpointSteps { get; init; }

    /// <summary>The same with the first half of the sequences, so that the rest of what the whole batch has left lies elsewhere.</summary>
    public TrainingRequest Halved()
    {
        var rows = (Input.Rows + 1) / 2;
        return this with { Input = Input.Take(rows), Targets = Targets[..(Targets.Length / Input.Rows * rows)] };
    }
}
