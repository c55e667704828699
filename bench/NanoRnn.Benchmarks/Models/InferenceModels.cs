namespace NanoRnn.Benchmarks.Models;

/// <summary>The models of the inference tasks, by cell and number of units.</summary>
internal static class InferenceModels
{
    private static readonly Dictionary<(Cell Cell, int Units), Func<InferenceModel>> Factories = new()
    {
        [(Cell.Rnn, 8)] = () => Wrap(new Rnn8()),
        [(Cell.Rnn, 16)] = () => Wrap(new Rnn16()),
        [(Cell.Rnn, 32)] = () => Wrap(new Rnn32()),
        [(Cell.Rnn, 64)] = () => Wrap(new Rnn64()),
        [(Cell.Rnn, 128)] = () => Wrap(new Rnn128()),
        [(Cell.Rnn, 256)] = () => Wrap(new Rnn256()),
        [(Cell.Lstm, 8)] = () => Wrap(new Lstm8()),
        [(Cell.Lstm, 16)] = () => Wrap(new Lstm16()),
        [(Cell.Lstm, 32)] = () => Wrap(new Lstm32()),
        [(Cell.Lstm, 64)] = () => Wrap(new Lstm64()),
        [(Cell.Lstm, 128)] = () => Wrap(new Lstm128()),
        [(Cell.Lstm, 256)] = () => Wrap(new Lstm256()),
        [(Cell.Gru, 8)] = () => Wrap(new Gru8()),
        [(Cell.Gru, 16)] = () => Wrap(new Gru16()),
        [(Cell.Gru, 32)] = () => Wrap(new Gru32()),
        [(Cell.Gru, 64)] = () => Wrap(new Gru64()),
        [(Cell.Gru, 128)] = () => Wrap(new Gru128()),
        [(Cell.Gru, 256)] = () => Wrap(new Gru256()),
    };

    public static IEnumerable<(Cell Cell, int Units)> All => Factories.Keys;

    public static InferenceModel Create(Cell cell, int units) => Factories[(cell, units)]();

    private static InferenceModel<TSteps> Wrap<TSteps>(IInferenceModel<TSteps> model)
        where TSteps : struct, ISteps => new(model);
}
