using System.Collections;
using System.Collections.Immutable;

namespace NanoRnn;

/// <summary>
/// The loss and the metrics, by Keras's names: <c>loss</c>, <c>accuracy</c>, and of validation data <c>val_loss</c>, <c>val_accuracy</c>. What
/// has not been computed yet is NaN. The values are those of the moment: a trainer computes them anew.
/// </summary>
public sealed class MetricValues : IReadOnlyList<KeyValuePair<string, float>>
{
    /// <summary>Name of the loss.</summary>
    internal const string LossName = "loss";

    /// <summary>What stands before the names of what is of validation data.</summary>
    internal const string ValidationPrefix = "val_";

    /// <summary>Name of the learning rate, if callbacks that change it are there.</summary>
    internal const string LearningRateName = "learning_rate";

    private readonly string[] _names;
    private readonly MonitorMode[] _modes;
    private readonly float[] _values;

    /// <summary>The loss and some metrics.</summary>
    internal MetricValues(ImmutableArray<Metric> metrics, bool hasValidation = false, bool hasLearningRate = false)
    {
        var sets = hasValidation ? 2 : 1;
        TrainingCount = 1 + metrics.Length;
        var count = (TrainingCount * sets) + (hasLearningRate ? 1 : 0);
        (_names, _modes, _values) = (new string[count], new MonitorMode[count], new float[count]);
        for (var set = 0; set < sets; set++)
        {
            var (first, prefix) = (set * TrainingCount, set == 0 ? "" : ValidationPrefix);
            (_names[first], _modes[first]) = (prefix + LossName, MonitorMode.Min);
            for (var i = 0; i < metrics.Length; i++)
                (_names[first + 1 + i], _modes[first + 1 + i]) = (prefix + metrics[i].Name, metrics[i].Mode);
        }

        if (hasLearningRate)
            _names[^1] = LearningRateName;
        _values.AsSpan().Fill(float.NaN);
    }

    /// <summary>Values of their own under the same names.</summary>
    internal MetricValues(MetricValues same)
    {
        TrainingCount = same.TrainingCount;
        (_names, _modes, _values) = (same._names, same._modes, new float[same._values.Length]);
        _values.AsSpan().Fill(float.NaN);
    }

    /// <summary>No values.</summary>
    internal static MetricValues None { get; } = new();

    private MetricValues() => (_names, _modes, _values) = ([], [], []);

    /// <summary>Number of values.</summary>
    public int Count => _names.Length;

    /// <summary>How many of them, from the first, are of training data.</summary>
    internal int TrainingCount { get; }

    /// <summary>A value with its name.</summary>
    /// <param name="index">0 … <see cref="Count"/> − 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such value.</exception>
    public KeyValuePair<string, float> this[int index] => (uint)index < (uint)Count
        ? new(_names[index], _values[index])
        : throw new ArgumentOutOfRangeException(nameof(index), index, $"There are {Count} values.");

    /// <summary>A value.</summary>
    /// <param name="name">Its name, such as <c>val_loss</c>; case matters.</param>
    /// <exception cref="KeyNotFoundException">There is no such name; the message lists those there are.</exception>
    public float this[string name] => IndexOf(name) is var index and >= 0
        ? _values[index]
        : throw new KeyNotFoundException($"There is no value '{name}'. There are {string.Join(", ", _names)}.");

    /// <summary>All values.</summary>
    internal Span<float> Values => _values;

    /// <summary>All names.</summary>
    internal ReadOnlySpan<string> Names => _names;

    /// <summary>Where a name stands, or −1.</summary>
    /// <param name="name">The name.</param>
    public int IndexOf(string name) => Array.IndexOf(_names, name);

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, float>> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
            yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Which way a value gets better; <see cref="MonitorMode.Auto"/> if it is not known.</summary>
    internal MonitorMode ModeOf(int index) => _modes[index];

    /// <summary>Copies the values of the training data.</summary>
    internal void Set(MetricValues training) => training._values.CopyTo(_values, 0);

    /// <summary>Copies all values, as far as there are places for them.</summary>
    internal void Set(MetricValues training, MetricValues? validation, float learningRate)
    {
        Set(training);
        validation?._values.CopyTo(_values, TrainingCount);
        if (_names[^1] == LearningRateName)
            _values[^1] = learningRate;
    }
}
