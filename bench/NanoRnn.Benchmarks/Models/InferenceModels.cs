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

    private static readonly Dictionary<(Precision Precision, Cell Cell, int Units), Func<WeightCollection, InferenceModel>> Reduced = new()
    {
        [(Precision.BFloat16, Cell.Rnn, 8)] = weights => Wrap(Rnn8BFloat16.From(weights)),
        [(Precision.BFloat16, Cell.Rnn, 16)] = weights => Wrap(Rnn16BFloat16.From(weights)),
        [(Precision.BFloat16, Cell.Rnn, 32)] = weights => Wrap(Rnn32BFloat16.From(weights)),
        [(Precision.BFloat16, Cell.Rnn, 64)] = weights => Wrap(Rnn64BFloat16.From(weights)),
        [(Precision.BFloat16, Cell.Rnn, 128)] = weights => Wrap(Rnn128BFloat16.From(weights)),
        [(Precision.BFloat16, Cell.Rnn, 256)] = weights => Wrap(Rnn256BFloat16.From(weights)),
        [(Precision.BFloat16, Cell.Lstm, 8)] = weights => Wrap(Lstm8BFloat16.From(weights)),
        [(Precision.BFloat16, Cell.Lstm, 16)] = weights => Wrap(Lstm16BFloat16.From(weights)),
        [(Precision.BFloat16, Cell.Lstm, 32)] = weights => Wrap(Lstm32BFloat16.From(weights)),
        [(Precision.BFloat16, Cell.Lstm, 64)] = weights => Wrap(Lstm64BFloat16.From(weights)),
        [(Precision.BFloat16, Cell.Lstm, 128)] = weights => Wrap(Lstm128BFloat16.From(weights)),
        [(Precision.BFloat16, Cell.Lstm, 256)] = weights => Wrap(Lstm256BFloat16.From(weights)),
        [(Precision.BFloat16, Cell.Gru, 8)] = weights => Wrap(Gru8BFloat16.From(weights)),
        [(Precision.BFloat16, Cell.Gru, 16)] = weights => Wrap(Gru16BFloat16.From(weights)),
        [(Precision.BFloat16, Cell.Gru, 32)] = weights => Wrap(Gru32BFloat16.From(weights)),
        [(Precision.BFloat16, Cell.Gru, 64)] = weights => Wrap(Gru64BFloat16.From(weights)),
        [(Precision.BFloat16, Cell.Gru, 128)] = weights => Wrap(Gru128BFloat16.From(weights)),
        [(Precision.BFloat16, Cell.Gru, 256)] = weights => Wrap(Gru256BFloat16.From(weights)),
        [(Precision.Float16, Cell.Rnn, 8)] = weights => Wrap(Rnn8Float16.From(weights)),
        [(Precision.Float16, Cell.Rnn, 16)] = weights => Wrap(Rnn16Float16.From(weights)),
        [(Precision.Float16, Cell.Rnn, 32)] = weights => Wrap(Rnn32Float16.From(weights)),
        [(Precision.Float16, Cell.Rnn, 64)] = weights => Wrap(Rnn64Float16.From(weights)),
        [(Precision.Float16, Cell.Rnn, 128)] = weights => Wrap(Rnn128Float16.From(weights)),
        [(Precision.Float16, Cell.Rnn, 256)] = weights => Wrap(Rnn256Float16.From(weights)),
        [(Precision.Float16, Cell.Lstm, 8)] = weights => Wrap(Lstm8Float16.From(weights)),
        [(Precision.Float16, Cell.Lstm, 16)] = weights => Wrap(Lstm16Float16.From(weights)),
        [(Precision.Float16, Cell.Lstm, 32)] = weights => Wrap(Lstm32Float16.From(weights)),
        [(Precision.Float16, Cell.Lstm, 64)] = weights => Wrap(Lstm64Float16.From(weights)),
        [(Precision.Float16, Cell.Lstm, 128)] = weights => Wrap(Lstm128Float16.From(weights)),
        [(Precision.Float16, Cell.Lstm, 256)] = weights => Wrap(Lstm256Float16.From(weights)),
        [(Precision.Float16, Cell.Gru, 8)] = weights => Wrap(Gru8Float16.From(weights)),
        [(Precision.Float16, Cell.Gru, 16)] = weights => Wrap(Gru16Float16.From(weights)),
        [(Precision.Float16, Cell.Gru, 32)] = weights => Wrap(Gru32Float16.From(weights)),
        [(Precision.Float16, Cell.Gru, 64)] = weights => Wrap(Gru64Float16.From(weights)),
        [(Precision.Float16, Cell.Gru, 128)] = weights => Wrap(Gru128Float16.From(weights)),
        [(Precision.Float16, Cell.Gru, 256)] = weights => Wrap(Gru256Float16.From(weights)),
        [(Precision.Int8, Cell.Rnn, 8)] = weights => Wrap(Rnn8Int8.From(weights)),
        [(Precision.Int8, Cell.Rnn, 16)] = weights => Wrap(Rnn16Int8.From(weights)),
        [(Precision.Int8, Cell.Rnn, 32)] = weights => Wrap(Rnn32Int8.From(weights)),
        [(Precision.Int8, Cell.Rnn, 64)] = weights => Wrap(Rnn64Int8.From(weights)),
        [(Precision.Int8, Cell.Rnn, 128)] = weights => Wrap(Rnn128Int8.From(weights)),
        [(Precision.Int8, Cell.Rnn, 256)] = weights => Wrap(Rnn256Int8.From(weights)),
        [(Precision.Int8, Cell.Lstm, 8)] = weights => Wrap(Lstm8Int8.From(weights)),
        [(Precision.Int8, Cell.Lstm, 16)] = weights => Wrap(Lstm16Int8.From(weights)),
        [(Precision.Int8, Cell.Lstm, 32)] = weights => Wrap(Lstm32Int8.From(weights)),
        [(Precision.Int8, Cell.Lstm, 64)] = weights => Wrap(Lstm64Int8.From(weights)),
        [(Precision.Int8, Cell.Lstm, 128)] = weights => Wrap(Lstm128Int8.From(weights)),
        [(Precision.Int8, Cell.Lstm, 256)] = weights => Wrap(Lstm256Int8.From(weights)),
        [(Precision.Int8, Cell.Gru, 8)] = weights => Wrap(Gru8Int8.From(weights)),
        [(Precision.Int8, Cell.Gru, 16)] = weights => Wrap(Gru16Int8.From(weights)),
        [(Precision.Int8, Cell.Gru, 32)] = weights => Wrap(Gru32Int8.From(weights)),
        [(Precision.Int8, Cell.Gru, 64)] = weights => Wrap(Gru64Int8.From(weights)),
        [(Precision.Int8, Cell.Gru, 128)] = weights => Wrap(Gru128Int8.From(weights)),
        [(Precision.Int8, Cell.Gru, 256)] = weights => Wrap(Gru256Int8.From(weights)),
    };

    public static IEnumerable<(Cell Cell, int Units)> All => Factories.Keys;

    public static InferenceModel Create(Cell cell, int units) => Factories[(cell, units)]();

    /// <summary>The same with weights of another precision.</summary>
    public static InferenceModel Create(Cell cell, int units, Precision precision)
    {
        var model = Create(cell, units);
        return precision == Precision.Float32 ? model : Reduced[(precision, cell, units)](model.Weights);
    }

    private static InferenceModel<TSteps> Wrap<TSteps>(IInferenceModel<TSteps> model)
        where TSteps : struct, ISteps => new(model);
}
