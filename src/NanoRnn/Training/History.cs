namespace NanoRnn;

/// <summary>The losses and metrics of the epochs of one <c>Fit</c>.</summary>
public sealed class History
{
    private static readonly List<float> None = [];

    private readonly string[] _names;
    private readonly List<float>[] _values;

    internal History(MetricValues values, int epochs)
    {
        _names = values.Names.ToArray();
        _values = new List<float>[_names.Length];
        for (var i = 0; i < _values.Length; i++)
            _values[i] = new List<float>(epochs);
    }

    /// <summary>Number of epochs that are done.</summary>
    public int Epochs => _values[0].Count;

    /// <summary>
    /// What there is of every epoch, by Keras's names: <c>loss</c>, the metrics, then <c>val_loss</c> and the metrics of the validation data, and
    /// <c>learning_rate</c> if a callback changes it.
    /// </summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>Mean training loss of every epoch.</summary>
    public IReadOnlyList<float> Loss => _values[0];

    /// <summary>Loss of the validation data after every epoch; empty if there was none.</summary>
    public IReadOnlyList<float> ValidationLoss => Find(MetricValues.ValidationPrefix + MetricValues.LossName) ?? None;

    /// <summary>A loss or metric after every epoch.</summary>
    /// <param name="name">One of <see cref="Names"/>, such as <c>val_accuracy</c>; case matters.</param>
    /// <exception cref="KeyNotFoundException">There is no such name; the message lists those there are.</exception>
    public IReadOnlyList<float> this[string name] => Find(name) ??
        throw new KeyNotFoundException($"There is no '{name}' in the history. There are {string.Join(", ", _names)}.");

    internal void Add(MetricValues values)
    {
        for (var i = 0; i < _values.Length; i++)
            _values[i].Add(values.Values[i]);
    }

    private List<float>? Find(string name) => Array.IndexOf(_names, name) is var index and >= 0 ? _values[index] : null;
}
