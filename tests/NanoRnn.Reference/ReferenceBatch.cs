namespace NanoRnn.Reference;

/// <summary>A batch of sequences: batch × time × features, or batch × time token ids.</summary>
internal sealed record ReferenceBatch(int TimeSteps, double[] Inputs)
{
    /// <summary>Steps of each sequence, which is computed as if it were alone and had no more; null if all are full.</summary>
    public int[]? Lengths { get; init; }

    /// <summary>Which steps count, batch × time; null if all do.</summary>
    public bool[]? Mask { get; init; }

    /// <summary>Whether layers normalize it by its own statistics.</summary>
    public bool IsTraining { get; init; }

    /// <summary>Whether these move the averages that layers keep.</summary>
    public bool MovesStatistics { get; init; }

    /// <summary>The tokens a decoder is to make, batch × target steps.</summary>
    public int[]? Targets { get; init; }

    /// <summary>Factors of dropout by what they are for; in each, one array for every sequence.</summary>
    public IReadOnlyDictionary<string, double[][]> Dropout { get; init; } = new Dictionary<string, double[][]>();

    public static ReferenceBatch Of(float[] inputs, int timeSteps) => new(timeSteps, Array.ConvertAll(inputs, x => (double)x));

    public static ReferenceBatch Of(int[] tokens, int timeSteps) => new(timeSteps, Array.ConvertAll(tokens, x => (double)x));
}

/// <summary>Outputs of a batch, batch × positions × features, and which positions count. Behind a sequence's end are zeros.</summary>
internal sealed record ReferenceOutputs(double[] Values, bool[] Valid);

/// <summary>What accompanies one sequence through the layers.</summary>
internal sealed class ReferenceRun(ReferenceBatch batch, int row, int rows, FunctionProbe? probe)
{
    public FunctionProbe? Probe => probe;

    /// <summary>Whether a decoder layer has been passed.</summary>
    public bool InDecoder { get; set; }

    /// <summary>Whether targets that are token 0 are padding, of a decoder.</summary>
    public bool MasksTargets { get; set; }

    /// <summary>The last states of the encoder's recurrent layers that no layer of the decoder has taken yet.</summary>
    public Queue<double[][]> EncoderStates { get; } = [];

    /// <summary>The sequence's target tokens.</summary>
    public int[] Targets
    {
        get
        {
            var targets = batch.Targets ?? throw new InvalidOperationException("A decoder needs target tokens.");
            return targets.AsSpan(row * targets.Length / rows, targets.Length / rows).ToArray();
        }
    }

    public double[]? Factors(string name) => batch.Dropout.TryGetValue(name, out var factors) ? factors[row] : null;
}
