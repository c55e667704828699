using System.Collections;
using NanoRnn.CompilerServices;

namespace NanoRnn.Tests.Golden;

/// <summary>
/// Test models by class name. An entry brings, as delegates, the members that every generated class has; a model with a decoder
/// has no outputs that its input alone decides, and brings none.
/// </summary>
internal sealed class SequenceRegistry : IEnumerable<string>
{
    private readonly Dictionary<string, (Type Type, Func<SequenceModel> Create)> _models = [];

    public void Add<TModel>(Func<TModel> create, Func<TModel, WeightCollection> weights, Func<TModel, FloatCalls> calls)
        where TModel : class, IRnnModel<TModel> =>
        Register(create, model => new SequenceModel<TModel>(model, weights(model), calls(model), null));

    public void Add<TModel>(Func<TModel> create, Func<TModel, WeightCollection> weights, Func<TModel, TokenCalls> calls)
        where TModel : class, IRnnModel<TModel> =>
        Register(create, model => new SequenceModel<TModel>(model, weights(model), null, calls(model)));

    public void Add<TModel>(Func<TModel> create, Func<TModel, WeightCollection> weights)
        where TModel : class, IRnnModel<TModel> =>
        Register(create, model => new SequenceModel<TModel>(model, weights(model), null, null));

    public Type TypeOf(string name) => _models[name].Type;

    /// <summary>A new instance of a model.</summary>
    public SequenceModel Create(string name) => _models[name].Create();

    public IEnumerator<string> GetEnumerator() => _models.Keys.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private void Register<TModel>(Func<TModel> create, Func<TModel, SequenceModel> face) =>
        _models.Add(typeof(TModel).Name, (typeof(TModel), () => face(create())));
}
