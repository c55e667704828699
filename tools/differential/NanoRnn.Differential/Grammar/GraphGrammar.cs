using NanoRnn.Differential.Grammar.Rules;

namespace NanoRnn.Differential.Grammar;

/// <summary>Writes layers that read others by name, so that every one is read or an output.</summary>
/// <param name="dice">The choices.</param>
/// <param name="inputSize">Features of the model's input.</param>
internal sealed class GraphGrammar(Dice dice, int inputSize)
{
    private const int MaxLayers = 8;

    private readonly NetworkShape _shape = new(dice, inDecoder: false, inputSize)
    {
        Outputs = { new(LayerOutput.ModelInput, inputSize, NetworkShape.Every, HasClasses: false) { IsInput = true } },
    };

    private readonly List<LayerTerm> _layers = [];
    private readonly HashSet<int> _read = [];

    private IEnumerable<LayerOutput> Unread => _shape.Outputs.Where(output => output.Layer >= 0 && !_read.Contains(output.Layer) && !IsMasking(output));

    public List<LayerTerm> Write()
    {
        for (var count = 2 + dice.Next(MaxLayers - 1); _shape.Count < count || _shape.IsMasked || !_shape.HasWork;)
            Append(dice.Chance(0.5) ? _shape.Outputs[^1] : dice.Pick<LayerOutput>([.. _shape.Outputs]), _shape.Count < count ? null : new GruRule());
        MeetAtTheEnd();
        NameLayers();
        return _layers;
    }

    /// <summary>A layer that reads one of the outputs, or one that reads several.</summary>
    /// <param name="input">What it reads.</param>
    /// <param name="rule">Its kind; null for any that fits.</param>
    private void Append(LayerOutput input, ILayerRule? rule)
    {
        _shape.Read(input);
        Append(input, rule is null ? ModelGrammar.WriteLayer(_shape, [.. ModelGrammar.Rules, new MergeRule(), new AttentionRule()]) : ModelGrammar.WriteLayer(_shape, rule));
    }

    private void Append(LayerOutput input, LayerTerm layer)
    {
        if (!layer.ReadsSeveral && (input.Layer != _layers.Count - 1 || dice.Chance(0.1)))
            layer = layer.With("Input", input.Name);
        var names = layer.ReadsSeveral ? layer.Inputs : [input.Name, .. layer.Inputs];
        _read.UnionWith(_shape.Outputs.Where(output => names.Contains(output.Name)).Select(output => output.Layer));
        if (layer.Kind == "Embedding")
            _shape.Outputs.Clear();
        _shape.Outputs.Add(new(_layers.Count, _shape.Features, _shape.Steps, _shape.HasClasses) { IsInput = input.IsInput && layer.Kind is "Masking" or "Dropout" });
        _layers.Add(layer);
    }

    /// <summary>All that nothing reads becomes one layer, or outputs side by side, some others among them.</summary>
    private void MeetAtTheEnd()
    {
        while (Unread.Select(output => output.Steps).Distinct().Count() > 1 || Unread.Any(output => output.HasWindows))
        {
            var sequence = Unread.First(output => output.IsSequence);
            _shape.Read(sequence);
            Append(sequence, ModelGrammar.WriteLayer(_shape, new LastStateRule()));
        }

        if (Unread.Count() > 1 && dice.Chance(0.3))
        {
            (_shape.Features, _shape.HasClasses) = (Unread.Sum(output => output.Features), false);
            _shape.Count++;
            Append(_shape.Outputs[^1], LayerTerm.Of("Concatenate", [.. Unread.Select(output => output.Name)]));
        }

        if (!_shape.Outputs[^1].HasClasses && dice.Chance(0.15))
            Append(_shape.Outputs[^1], new DenormalizationRule());
        var ends = Unread.ToList();
        foreach (var other in _shape.Outputs.Except(ends).Where(output => output.Layer >= 0 && output.Steps == ends[0].Steps && !output.HasWindows && !IsMasking(output)))
            if (dice.Chance(0.15))
                ends.Insert(dice.Next(ends.Count + 1), other);
        if (ends.Count > 1 || dice.Chance(0.1))
            _layers.Add(LayerTerm.Of("Output", [.. ends.OrderBy(_ => dice.Next(1000)).Select(output => output.Name)]));
    }

    private bool IsMasking(LayerOutput output) => _layers[output.Layer].Kind == "Masking";

    /// <summary>A name for every layer that is called by it, and for some others.</summary>
    private void NameLayers()
    {
        var called = _layers.SelectMany(layer => layer.Inputs).ToHashSet();
        for (var i = 0; i < _layers.Count; i++)
            if (called.Contains($"\"layer{i}\"") && _layers[i].Name is null)
                _layers[i] = _layers[i].With("Name", $"\"layer{i}\"");
    }
}
