namespace NanoRnn.Reference;

/// <summary>
/// A cell's walk through time, or two cells' in opposite directions. At a masked step the states are carried on unchanged and
/// the output is the one before, zeros at first; a bidirectional layer that returns sequences gives zeros there.
/// </summary>
/// <remarks>
/// Factors of dropout are looked up as <c>lstm.input</c> and <c>lstm.state</c>, with <c>.forward</c> or <c>.backward</c>
/// before the last part in a bidirectional layer.
/// </remarks>
internal sealed class ReferenceRecurrent : ReferenceLayer
{
    private readonly RecurrentDescription _options;
    private readonly Walker _first;
    private readonly Walker? _second;

    public ReferenceRecurrent(string name, int inputs, RecurrentDescription options)
        : base(options.Merge == ReferenceMerge.Concat ? 2 * options.Units : options.Units)
    {
        _options = options;
        _first = Create(options.Merge is null ? name : $"{name}.forward");
        if (options.Merge is not null)
            _second = Create($"{name}.backward");

        Walker Create(string cellName)
        {
            var cell = options.CreateCell(cellName, inputs);
            return new(cellName, cell, options.TrainableInitialState ? ReferenceTensor.Create($"{cellName}.initial_state", cell.States, options.Units) : null);
        }
    }

    public override IEnumerable<ReferenceTensor> Tensors => [.. _first.Tensors, .. _second?.Tensors ?? []];

    public override int OutputSteps(int inputSteps, int targetSteps) => _options.ReturnSequences ? inputSteps : 1;

    public override ReferenceSequence Run(ReferenceSequence input, ReferenceRun run)
    {
        if (_second is null)
        {
            var (outputs, last) = Walk(_first, input, run, _options.GoBackwards);
            return _options.GoBackwards
                ? Result([.. Enumerable.Reverse(outputs)], last, input.Mask is null ? null : [.. Enumerable.Reverse(input.Mask)])
                : Result(outputs, last, input.Mask);
        }

        var forward = Walk(_first, input, run, reversed: false);
        var backward = Walk(_second, input, run, reversed: true);
        return Result([.. forward.Outputs.Zip(backward.Outputs, Merge)], Merge(forward.Last, backward.Last), input.Mask);

        // The mask goes with the outputs. Keras leaves it in the order of the input's steps even when they are reversed.
        ReferenceSequence Result(double[][] outputs, double[] last, bool[]? mask) =>
            _options.ReturnSequences ? new(outputs, mask) : new([last], null);
    }

    /// <summary>The output at each of the input's steps, and the last one.</summary>
    private (double[][] Outputs, double[] Last) Walk(
        Walker walker, ReferenceSequence input, ReferenceRun run, bool reversed)
    {
        var (name, cell, initial) = walker;
        var (inputFactors, stateFactors) = (run.Factors($"{name}.input"), run.Factors($"{name}.state"));
        var states = run.InDecoder && run.EncoderStates.TryDequeue(out var ended)
            ? ended
            : [.. Enumerable.Range(0, cell.States).Select(state => initial?.Values.AsSpan(state * _options.Units, _options.Units).ToArray() ?? new double[_options.Units])];
        var last = initial is null ? new double[_options.Units] : states[0];
        var outputs = new double[input.Steps.Length][];
        for (var i = 0; i < outputs.Length; i++)
        {
            var t = reversed ? outputs.Length - 1 - i : i;
            if (input.IsValid(t))
            {
                var x = ReferenceDropout.Apply(input.Steps[t], inputFactors);
                states = cell.Step(x, states, ReferenceDropout.Apply(states[0], stateFactors), run.Probe);
                if (run.Probe is { } probe)
                    states = Array.ConvertAll(states, state => Array.ConvertAll(state, probe.State));
                outputs[t] = last = states[0];
            }
            else
            {
                outputs[t] = _second is null ? last : new double[_options.Units];
            }
        }

        if (!run.InDecoder)
            run.EncoderStates.Enqueue(states);
        return (outputs, last);
    }

    /// <summary>A cell in one direction.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="Cell">The cell.</param>
    /// <param name="Initial">The states before the first step, states × units; null for zeros.</param>
    private sealed record Walker(string Name, ReferenceCell Cell, ReferenceTensor? Initial)
    {
        public IEnumerable<ReferenceTensor> Tensors => Initial is null ? Cell.Tensors : [.. Cell.Tensors, Initial];
    }

    private double[] Merge(double[] forward, double[] backward) => _options.Merge switch
    {
        ReferenceMerge.Concat => [.. forward, .. backward],
        ReferenceMerge.Sum => [.. forward.Zip(backward, (a, b) => a + b)],
        ReferenceMerge.Multiply => [.. forward.Zip(backward, (a, b) => a * b)],
        _ => [.. forward.Zip(backward, (a, b) => (a + b) / 2)],
    };
}
