namespace NanoRnn.Behaviour;

/// <summary>The models by name.</summary>
internal static class TestModels
{
    private static readonly Dictionary<string, Func<int, TestModel>> Factories = [];

    static TestModels()
    {
        Add(seed => new Smallest(seed), model => model.CreateSession().Step);
        Add(seed => new Flags(seed), model => model.CreateSession().Step);
        Add(seed => new Classifier(seed), model => model.CreateSession().Step);
        Add(seed => new Widening(seed), model => model.CreateSession().Step);
        Add(seed => new Tagger(seed), model => model.CreateSession().Step);
        Add(seed => new Bare(seed), model => model.CreateSession().Step);
        Add(seed => new TwoDeep(seed), model => model.CreateSession().Step);
        Add(seed => new ThreeDeep(seed), model => model.CreateSession().Step);
        Add(seed => new Forecaster(seed), model => model.CreateSession().Step);
        Add(seed => new ManyClasses(seed), model => model.CreateSession().Step);
        Add(seed => new Oscillator(seed), model => model.CreateSession().Step);
        Add(seed => new Large(seed), model => model.CreateSession().Step);
        Add(seed => new BlockByBlock(seed), model => model.CreateSession().Step);
        Add(seed => new DenseFirst(seed), model => model.CreateSession().Step);
        Add(seed => new OnlyDense(seed), model => model.CreateSession().Step);
        Add(seed => new OwnFunctions(seed), model => model.CreateSession().Step);
        Add(Scaled.Create, model => model.CreateSession().Step);
        Add(seed => new OwnCells(seed), model => model.CreateSession().Step);
        Add(seed => new Graph(seed), model => model.CreateSession().Step);
    }

    public static IEnumerable<string> Names => Factories.Keys;

    public static TestModel Create(string name, int seed) => Factories[name](seed);

    private static void Add<TModel>(Func<int, TModel> create, Func<TModel, SpanCall> openSession)
        where TModel : class, ITestModel<TModel> =>
        Factories.Add(TModel.Layout.ModelName, seed => new TestModel<TModel>(create(seed), openSession));
}
