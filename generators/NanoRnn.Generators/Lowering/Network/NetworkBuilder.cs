using NanoRnn.Generators.Parsing;

namespace NanoRnn.Generators.Lowering.Network;

/// <summary>From layers to nodes: what an attribute says in one word may be several things to compute.</summary>
internal sealed class NetworkBuilder
{
    private readonly List<Node> _nodes = [];
    private Node? _last;
    private int _features;
    private TimeAxis _axis = TimeAxis.Source;
    private Queue<CellNode>? _initialStates;

    private NetworkBuilder(int inputSize) => _features = inputSize;

    /// <summary>The nodes, inputs before those that read them.</summary>
    public static IReadOnlyList<Node> Build(ModelSpec model)
    {
        var builder = new NetworkBuilder(model.InputSize);
        foreach (var layer in model.Layers)
            builder.Add(layer);
        return builder._nodes;
    }

    private void Add(LayerSpec layer)
    {
        switch (layer.Kind)
        {
            case LayerKind.Masking:
                break;
            case LayerKind.Decoder:
                _initialStates = new Queue<CellNode>(_nodes.OfType<CellNode>().Where(node => node.Cell.States.Count > 0));
                _last = null;
                break;
            case LayerKind.Embedding:
                var isDecoder = _initialStates is not null;
                Add(new EmbeddingNode(layer, layer.Name, isDecoder ? TimeAxis.Target(layer.MaskZero) : _axis, layer.Units, isDecoder));
                break;
            case LayerKind.Dropout:
                AddDropout(layer, layer.Name, isPerSequence: false);
                break;
            case LayerKind.LayerNormalization:
                Add(new NormalizationNode(layer, layer.Name, _last, _axis, _features));
                break;
            case LayerKind.Normalization or LayerKind.Denormalization:
                Add(new ScalingNode(layer, layer.Name, _last, _axis, _features));
                break;
            case LayerKind.RepeatVector:
                Add(new RepeatNode(layer, layer.Name, _last!, TimeAxis.Fixed(layer.Count), _features));
                break;
            case LayerKind.Dense:
                AddCell(layer, layer.Units);
                break;
            case LayerKind.Activation or LayerKind.Lambda:
                AddCell(layer, _features);
                break;
            default:
                AddRecurrent(layer);
                break;
        }
    }

    private void AddDropout(LayerSpec layer, string name, bool isPerSequence)
    {
        if (layer.Dropout > 0)
            Add(new DropoutNode(layer, name, _last, _axis, _features, layer.Dropout, isPerSequence));
    }

    private void AddCell(LayerSpec layer, int features) =>
        Add(new CellNode(layer, layer.Name, _last, _axis, features, _axis, CellFactory.Create(layer), IsReversed: false, null));

    private void AddRecurrent(LayerSpec layer)
    {
        var (input, inputs, steps) = (_last, _features, _axis);
        var output = layer.ReturnSequences ? steps : TimeAxis.None;
        if (layer.IsBidirectional)
        {
            var forward = Recurrent(layer.Name + ".forward", isReversed: false);
            var backward = Recurrent(layer.Name + ".backward", isReversed: true);
            var features = layer.MergeMode == MergeKind.Concat ? 2 * layer.Units : layer.Units;
            Add(new MergeNode(layer, layer.Name, forward, backward, output, features));
            return;
        }

        var cell = Recurrent(layer.Name, layer.GoBackwards);
        if (layer.GoBackwards && layer.ReturnSequences)
            Add(new ReverseNode(layer, layer.Name + ".reversed", cell, output.Reversed, layer.Units));

        CellNode Recurrent(string name, bool isReversed)
        {
            (_last, _features, _axis) = (input, inputs, steps);
            AddDropout(layer, name + ".dropout", isPerSequence: true);
            var node = new CellNode(
                layer, name, _last, output, layer.Units, steps, CellFactory.Create(layer), isReversed, _initialStates?.Dequeue());
            Add(node);
            return node;
        }
    }

    private void Add(Node node)
    {
        _nodes.Add(node);
        (_last, _features, _axis) = (node, node.Features, node.Output);
    }
}
