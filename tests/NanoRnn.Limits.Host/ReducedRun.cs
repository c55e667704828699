using NanoRnn.CompilerServices;

namespace NanoRnn.Limits;

/// <summary>Models of reduced precision: what a plain network with the weights before rounding makes of an input that is not finite.</summary>
internal static class ReducedRun
{
    private const int Rows = 3;
    private const int TimeSteps = 4;

    public static IEnumerable<string> FindMistakes() =>
    [
        .. Find(nameof(Int8Lstm5), new Lstm5(7), model => Int8Lstm5.From(model.Weights)),
        .. Find(nameof(Int8Gru5), new Gru5(7), model => Int8Gru5.From(model.Weights)),
        .. Find(nameof(BFloat16Lstm5), new Lstm5(7), model => BFloat16Lstm5.From(model.Weights)),
        .. Find(nameof(BFloat16Gru5), new Gru5(7), model => BFloat16Gru5.From(model.Weights)),
        .. Find(nameof(Int8Lstm9), new Lstm9(7), model => Int8Lstm9.From(model.Weights)),
        .. Find(nameof(Int8Gru9), new Gru9(7), model => Int8Gru9.From(model.Weights)),
        .. Find(nameof(BFloat16Lstm9), new Lstm9(7), model => BFloat16Lstm9.From(model.Weights)),
        .. Find(nameof(BFloat16Gru9), new Gru9(7), model => BFloat16Gru9.From(model.Weights)),
        .. Find(nameof(Int8Lstm13), new Lstm13(7), model => Int8Lstm13.From(model.Weights)),
        .. Find(nameof(Int8Gru13), new Gru13(7), model => Int8Gru13.From(model.Weights)),
        .. Find(nameof(BFloat16Lstm13), new Lstm13(7), model => BFloat16Lstm13.From(model.Weights)),
        .. Find(nameof(BFloat16Gru13), new Gru13(7), model => BFloat16Gru13.From(model.Weights)),
        .. Find(nameof(Int8Lstm20), new Lstm20(7), model => Int8Lstm20.From(model.Weights)),
        .. Find(nameof(Int8Gru20), new Gru20(7), model => Int8Gru20.From(model.Weights)),
        .. Find(nameof(BFloat16Lstm20), new Lstm20(7), model => BFloat16Lstm20.From(model.Weights)),
        .. Find(nameof(BFloat16Gru20), new Gru20(7), model => BFloat16Gru20.From(model.Weights)),
    ];

    private static IEnumerable<string> Find<TModel>(string name, TModel model, Func<TModel, ISequencePredictor<float>> reduce)
        where TModel : class, IRnnModel<TModel>
    {
        var (network, reduced) = (Patterns.NetworkOf(typeof(TModel), TModel.Layout, model.PackedWeights.Span), reduce(model));
        foreach (var number in new[] { float.PositiveInfinity, float.NegativeInfinity, float.NaN, 1e30f })
        {
            float[] inputs = [.. Enumerable.Range(0, Rows * TimeSteps * 2).Select(i => i == 10 ? number : ((i % 5) - 2) * 0.25f)];
            foreach (var mistake in Patterns.Compare(reduced, network, inputs, Rows, TimeSteps))
                yield return FormattableString.Invariant($"{name}: {number}: {mistake}");
        }
    }
}
