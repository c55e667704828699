using System.Collections;
using NanoRnn.CompilerServices;

namespace NanoRnn.Tests.Golden;

/// <summary>
/// Test models by class name. An entry brings, as delegates, the members that every generated class has but no interface
/// names.
/// </summary>
internal sealed class ModelRegistry : IEnumerable<string>
{
    private readonly Dictionary<string, (Type Type, Func<ModelUnderTest> Create)> _models = [];

    public void Add<TModel>(
        Func<TModel> create, Func<TModel, WeightCollection> weights, Func<TModel, PredictCall> predict,
        Func<TModel, SessionCalls> createSession)
        where TModel : class, IRnnModel<TModel>, ISequencePredictor<float> =>
        _models.Add(typeof(TModel).Name, (typeof(TModel), () =>
        {
            var model = create();
            return new ModelUnderTest<TModel>(model, weights(model), predict(model), () => createSession(model));
        }));

    public Type TypeOf(string name) => _models[name].Type;

    /// <summary>A new instance of a model.</summary>
    public ModelUnderTest Create(string name) => _models[name].Create();

    public IEnumerator<string> GetEnumerator() => _models.Keys.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
