using BF16 = NanoRnn.Reduced.BFloat16Models;
using F16 = NanoRnn.Reduced.Float16Models;
using F32 = NanoRnn.Reduced.Float32Models;
using I8 = NanoRnn.Reduced.Int8Models;

namespace NanoRnn.Reduced;

/// <summary>One network in all precisions.</summary>
/// <param name="Name">Name of its classes.</param>
/// <param name="Create">A model of 32-bit floats, from a seed.</param>
/// <param name="Reduced">For each reduced precision: a model with the weights of another.</param>
internal sealed record Family(
    string Name, Func<int, TestModel> Create, IReadOnlyDictionary<Precision, Func<WeightCollection, TestModel>> Reduced);

/// <summary>All networks.</summary>
internal static class Families
{
    public static readonly IReadOnlyList<Family> All =
    [
        Make(
            seed => new F32.Small(seed), m => m.CreateSession().Step,
            Of<BF16.Small>(m => m.CreateSession().Step), Of<F16.Small>(m => m.CreateSession().Step), Of<I8.Small>(m => m.CreateSession().Step)),
        Make(
            seed => new F32.Tails(seed), m => m.CreateSession().Step,
            Of<BF16.Tails>(m => m.CreateSession().Step), Of<F16.Tails>(m => m.CreateSession().Step), Of<I8.Tails>(m => m.CreateSession().Step)),
        Make(
            seed => new F32.Blocks(seed), m => m.CreateSession().Step,
            Of<BF16.Blocks>(m => m.CreateSession().Step), Of<F16.Blocks>(m => m.CreateSession().Step), Of<I8.Blocks>(m => m.CreateSession().Step)),
        Make(
            seed => new F32.Odd(seed), m => m.CreateSession().Step,
            Of<BF16.Odd>(m => m.CreateSession().Step), Of<F16.Odd>(m => m.CreateSession().Step), Of<I8.Odd>(m => m.CreateSession().Step)),
        Make(
            seed => new F32.Large(seed), m => m.CreateSession().Step,
            Of<BF16.Large>(m => m.CreateSession().Step), Of<F16.Large>(m => m.CreateSession().Step), Of<I8.Large>(m => m.CreateSession().Step)),
        Make(
            seed => new F32.Gates(seed), m => m.CreateSession().Step,
            Of<BF16.Gates>(m => m.CreateSession().Step), Of<F16.Gates>(m => m.CreateSession().Step), Of<I8.Gates>(m => m.CreateSession().Step)),
        Make(
            seed => new F32.Plain(seed), m => m.CreateSession().Step,
            Of<BF16.Plain>(m => m.CreateSession().Step), Of<F16.Plain>(m => m.CreateSession().Step), Of<I8.Plain>(m => m.CreateSession().Step)),
        Make(
            seed => new F32.Layers(seed), m => m.CreateSession().Step,
            Of<BF16.Layers>(m => m.CreateSession().Step), Of<F16.Layers>(m => m.CreateSession().Step), Of<I8.Layers>(m => m.CreateSession().Step)),
        Make(
            seed => new F32.BothWays(seed), null,
            Of<BF16.BothWays>(null), Of<F16.BothWays>(null), Of<I8.BothWays>(null)),
        Make(
            seed => new F32.Masked(seed), m => m.CreateSession().Step,
            Of<BF16.Masked>(m => m.CreateSession().Step), Of<F16.Masked>(m => m.CreateSession().Step), Of<I8.Masked>(m => m.CreateSession().Step)),
        Make(
            seed => new F32.Own(seed), m => m.CreateSession().Step,
            Of<BF16.Own>(m => m.CreateSession().Step), Of<F16.Own>(m => m.CreateSession().Step), Of<I8.Own>(m => m.CreateSession().Step)),
        Make(
            seed => new F32.Graph(seed), m => m.CreateSession().Step,
            Of<BF16.Graph>(m => m.CreateSession().Step), Of<F16.Graph>(m => m.CreateSession().Step), Of<I8.Graph>(m => m.CreateSession().Step)),
        MakeBy(
            seed => new F32.Tokens(seed),
            (m, layout) => Activities.Predict(m, layout, m.CreateSession().Step),
            By<BF16.Tokens>((m, layout) => Activities.Predict(m, layout, m.CreateSession().Step)),
            By<F16.Tokens>((m, layout) => Activities.Predict(m, layout, m.CreateSession().Step)),
            By<I8.Tokens>((m, layout) => Activities.Predict(m, layout, m.CreateSession().Step))),
        MakeBy(
            seed => new F32.Translator(seed),
            (m, layout) => Activities.Generate(m.Generate, layout),
            By<BF16.Translator>((m, layout) => Activities.Generate(m.Generate, layout)),
            By<F16.Translator>((m, layout) => Activities.Generate(m.Generate, layout)),
            By<I8.Translator>((m, layout) => Activities.Generate(m.Generate, layout))),
    ];

    public static Family Named(string name) => All.Single(family => family.Name == name);

    private static Family Make<TModel>(
        Func<int, TModel> create, Func<TModel, StepCall<float>>? openSession, params (Precision, Func<WeightCollection, TestModel>)[] reduced)
        where TModel : class, IModel<TModel>, ISequencePredictor<float> =>
        MakeBy(create, Predicting(openSession), reduced);

    private static Family MakeBy<TModel>(
        Func<int, TModel> create, Activity<TModel> compute, params (Precision Precision, Func<WeightCollection, TestModel> Convert)[] reduced)
        where TModel : class, IModel<TModel> => new(
            typeof(TModel).Name,
            seed => new TestModel<TModel>(create(seed), compute),
            reduced.ToDictionary(item => item.Precision, item => item.Convert));

    private static (Precision, Func<WeightCollection, TestModel>) Of<TModel>(Func<TModel, StepCall<float>>? openSession)
        where TModel : class, IReducedModel<TModel>, ISequencePredictor<float> => By(Predicting(openSession));

    private static (Precision, Func<WeightCollection, TestModel>) By<TModel>(Activity<TModel> compute)
        where TModel : class, IReducedModel<TModel> =>
        (TModel.Layout.Precision, weights => new TestModel<TModel>(TModel.From(weights), compute));

    private static Activity<TModel> Predicting<TModel>(Func<TModel, StepCall<float>>? openSession)
        where TModel : class, ISequencePredictor<float> =>
        (model, layout) => Activities.Predict(model, layout, openSession?.Invoke(model));
}
