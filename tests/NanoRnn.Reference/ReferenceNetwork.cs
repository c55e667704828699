namespace NanoRnn.Reference;

/// <summary>
/// A network computed in double precision, layer by layer, sequence by sequence and step by step: no vectors, no packing, nothing shared with
/// the library.
/// </summary>
internal sealed class ReferenceNetwork
{
    private const string InputName = "input";

    private readonly List<ReferenceLayer> _layers = [];

    /// <summary>Whose outputs each layer reads: numbers of layers, −1 for the network's input.</summary>
    private readonly List<int[]> _sources = [];

    /// <summary>The network of a model class.</summary>
    public ReferenceNetwork(Type model)
        : this(AttributeReader.InputSizeOf(model), AttributeReader.LayersOf(model))
    {
    }

    /// <param name="inputSize">Features of the input at one time step; of no matter for tokens.</param>
    /// <param name="layers">The layers, the first one first.</param>
    public ReferenceNetwork(int inputSize, IEnumerable<LayerDescription> layers)
    {
        var counts = new Dictionary<string, int>();
        var numbers = new Dictionary<string, int> { [InputName] = -1 };
        foreach (var layer in layers)
        {
            TakesTokens |= _layers.Count == 0 && layer is EmbeddingDescription;
            var name = layer.Name ?? Numbered(layer.DefaultName, counts);
            _sources.Add(layer.Inputs is null ? [_layers.Count - 1] : [.. layer.Inputs.Select(input => input is null ? _layers.Count - 1 : numbers[input])]);
            numbers[name] = _layers.Count;
            _layers.Add(layer.Create(name, [.. _sources[^1].Select(source => source < 0 ? inputSize : _layers[source].Features)]));
        }

        (InputSize, OutputSize) = (TakesTokens ? 1 : inputSize, _layers[^1].Features);
        Tensors = [.. _layers.SelectMany(layer => layer.Tensors)];
    }

    /// <summary>Numbers of the input at one time step.</summary>
    public int InputSize { get; }

    /// <summary>Whether the input is a token id at each step.</summary>
    public bool TakesTokens { get; }

    /// <summary>Features of the output at one time step.</summary>
    public int OutputSize { get; }

    /// <summary>All tensors, in the order of a file.</summary>
    public IReadOnlyList<ReferenceTensor> Tensors { get; }

    /// <summary>Outputs of a batch stored batch × time × features, stored in the same way.</summary>
    public double[] Predict(float[] sequences, int timeSteps) => Predict(ReferenceBatch.Of(sequences, timeSteps)).Values;

    public ReferenceOutputs Predict(ReferenceBatch batch, FunctionProbe? probe = null)
    {
        var rows = batch.Inputs.Length / (batch.TimeSteps * InputSize);
        var positions = OutputSteps(batch.TimeSteps, (batch.Targets?.Length ?? 0) / rows);
        var values = new double[rows * positions * OutputSize];
        var valid = new bool[rows * positions];
        ReferenceRun[] runs = [.. Enumerable.Range(0, rows).Select(row => new ReferenceRun(batch, row, rows, probe))];
        var sequences = Run([.. Enumerable.Range(0, rows).Select(row => SequenceOf(batch, row))], runs, batch);
        for (var row = 0; row < rows; row++)
        {
            var (sequence, run) = (sequences[row], runs[row]);
            for (var t = 0; t < sequence.Steps.Length; t++)
            {
                sequence.Steps[t].CopyTo(values, (row * positions + t) * OutputSize);
                valid[row * positions + t] = run.MasksTargets ? run.Targets[t] != 0 : sequence.IsValid(t);
            }
        }

        return new ReferenceOutputs(values, valid);
    }

    /// <summary>Moves the averages that layers keep by the statistics of a batch.</summary>
    public void MoveStatistics(ReferenceBatch batch)
    {
        if (Tensors.Any(tensor => tensor.IsMoving))
            Predict(batch with { IsTraining = true, MovesStatistics = true });
    }

    /// <summary>Positions of the output of a full sequence.</summary>
    public int OutputSteps(int timeSteps, int targetSteps = 0)
    {
        var steps = new int[_layers.Count];
        for (var i = 0; i < steps.Length; i++)
            steps[i] = _layers[i].OutputSteps(_sources[i][0] < 0 ? timeSteps : steps[_sources[i][0]], targetSteps);
        return steps[^1];
    }

    /// <summary>The last layer's outputs of all sequences.</summary>
    private IReadOnlyList<ReferenceSequence> Run(IReadOnlyList<ReferenceSequence> inputs, ReferenceRun[] runs, ReferenceBatch batch)
    {
        var outputs = new List<IReadOnlyList<ReferenceSequence>>();
        foreach (var (layer, sources) in _layers.Zip(_sources))
        {
            IReadOnlyList<ReferenceSequence>[] read = [.. sources.Select(source => source < 0 ? inputs : outputs[source])];
            outputs.Add((batch.IsTraining ? layer.RunBatch(read[0], batch.MovesStatistics) : null)
                ?? [.. runs.Select((run, row) => layer.Run([.. read.Select(sequences => sequences[row])], run))]);

            // Whoever reads the input skips the same steps.
            if (layer is ReferenceMasking)
                inputs = outputs[^1];
        }

        return outputs[^1];
    }

    private ReferenceSequence SequenceOf(ReferenceBatch batch, int row)
    {
        var length = batch.Lengths?[row] ?? batch.TimeSteps;
        var first = row * batch.TimeSteps;
        return new(
            [.. batch.Inputs.AsSpan(first * InputSize, length * InputSize).ToArray().Chunk(InputSize)],
            batch.Mask?.AsSpan(first, length).ToArray());
    }

    /// <summary>The name Keras gives: the kind in snake case, with a number from the second of its kind.</summary>
    private static string Numbered(string kind, Dictionary<string, int> counts)
    {
        counts[kind] = counts.TryGetValue(kind, out var count) ? count + 1 : 0;
        return counts[kind] == 0 ? kind : $"{kind}_{counts[kind]}";
    }
}
