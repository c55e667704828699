using NanoRnn.CompilerServices;
using NanoRnn.Generators.Lowering.Cells;
using NanoRnn.Generators.Parsing;

namespace NanoRnn.Generators.Lowering.Network;

/// <summary>From layers to nodes: what an attribute says in one word may be several things to compute.</summary>
internal sealed class NetworkBuilder
{
    /// <summary>The node that puts the model's outputs side by side; no layer of the user's can have the name.</summary>
    public const string OutputName = "output.concatenate";

    private readonly List<Node> _nodes = [];
    private readonly List<(Node? Node, int Features, TimeAxis Axis)> _outputs = [];
    private readonly List<WindowAxis> _windows = [];
    private readonly int _inputSize;
    private Node? _last;
    private int _features;
    private TimeAxis _axis = TimeAxis.Source;
    private Queue<CellNode>? _initialStates;
    private bool _isDecoder;

    private NetworkBuilder(int inputSize) => _inputSize = inputSize;

    /// <summary>The nodes, inputs before those that read them.</summary>
    public static IReadOnlyList<Node> Build(ModelSpec model)
    {
        var builder = new NetworkBuilder(model.InputSize);
        foreach (var layer in model.Layers)
        {
            (builder._last, builder._features, builder._axis) = builder.OutputOf(layer.Inputs[0]);
            builder.Add(layer);
            builder._outputs.Add((builder._last, builder._features, builder._axis));
        }

        builder.AddOutputs(model.Outputs);
        return builder._nodes;
    }

    /// <summary>What a layer gives, whatever nodes it is made of.</summary>
    private (Node? Node, int Features, TimeAxis Axis) OutputOf(int layer) =>
        layer == ModelSpec.ModelInput ? (null, _inputSize, TimeAxis.Source) : _outputs[layer];

    /// <summary>The outputs side by side, where they are not just the last layer's.</summary>
    private void AddOutputs(EquatableArray<int> outputs)
    {
        if (outputs.Count > 1 || outputs.Count == 1 && outputs[0] != _outputs.Count - 1)
            AddMerge(new LayerSpec(LayerKind.Concatenate, OutputName) { Inputs = outputs }, MergeOperation.Concatenate);
    }

    private void Add(LayerSpec layer)
    {
        switch (layer.Kind)
        {
            case LayerKind.Masking:
                break;
            case LayerKind.Decoder:
                if (layer.UseEncoderState)
                    _initialStates = new Queue<CellNode>(_nodes.OfType<CellNode>().Where(node => node.Cell.States.Count > 0));
                (_isDecoder, _last) = (true, null);
                break;
            case LayerKind.Embedding:
                Add(new EmbeddingNode(layer, layer.Name, _isDecoder ? TimeAxis.Target(layer.MaskZero) : _axis, layer.Units, _isDecoder));
                break;
            case LayerKind.Dropout:
                AddDropout(layer, layer.Name, isPerSequence: false);
                break;
            case LayerKind.LayerNormalization:
                Add(new NormalizationNode(layer, layer.Name, _last, _axis, _features));
                break;
            case LayerKind.BatchNormalization:
                Add(new BatchStatisticsNode(layer, layer.Name + ".statistics", _last, _axis, _features));
                if (layer.Scale || layer.Center)
                    AddCell(layer, _features);
                break;
            case LayerKind.Normalization or LayerKind.Denormalization:
                Add(new ScalingNode(layer, layer.Name, _last, _axis, _features));
                break;
            case LayerKind.RepeatVector:
                Add(new RepeatNode(layer, layer.Name, _last!, TimeAxis.Fixed(layer.Count), _features));
                break;
            case LayerKind.Slice:
                Add(new SliceNode(layer, layer.Name, _last, _axis, layer.Units, layer.Start));
                break;
            case LayerKind.Attention or LayerKind.AdditiveAttention:
                var (value, key) = (OutputOf(layer.Inputs[1]), OutputOf(layer.Inputs[2]));
                Add(new AttentionNode(layer, layer.Name, _last!, value.Node!, key.Node!, value.Axis, _axis, value.Features));
                break;
            case LayerKind.Concatenate or LayerKind.Add or LayerKind.Subtract or LayerKind.Multiply or LayerKind.Average:
                AddMerge(layer, (MergeOperation)Enum.Parse(typeof(MergeOperation), layer.Kind.ToString()));
                break;
            case LayerKind.Dense:
                AddCell(layer, layer.Units);
                break;
            case LayerKind.Conv1D:
                AddConvolution(layer);
                break;
            case LayerKind.MaxPooling1D or LayerKind.AveragePooling1D:
                Add(new PoolingNode(layer, layer.Name, _last, _axis, WindowsOf(layer), _features));
                break;
            case LayerKind.GlobalMaxPooling1D or LayerKind.GlobalAveragePooling1D:
                Add(new PoolingNode(layer, layer.Name, _last, _axis, TimeAxis.None, _features));
                break;
            case LayerKind.ZeroPadding1D or LayerKind.ReflectionPadding1D:
                var positions = layer.Positions > 0 ? layer.Positions : _features;
                AddPadding(layer, layer.Name, positions, layer.Before, layer.Behind, layer.Kind == LayerKind.ReflectionPadding1D);
                break;
            case LayerKind.Activation or LayerKind.Lambda or LayerKind.PReLU:
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

    /// <summary>Products are made of two at a time, so that the gradient of each is that of the product times the other.</summary>
    private void AddMerge(LayerSpec layer, MergeOperation operation)
    {
        var sources = layer.Inputs.Select(OutputOf).ToArray();
        var features = operation == MergeOperation.Concatenate ? sources.Sum(source => source.Features) : sources[0].Features;
        var nodes = sources.Select(source => source.Node).ToArray();
        while (operation == MergeOperation.Multiply && nodes.Length > 2)
        {
            AddNode($"{layer.Name}.first{_nodes.Count}", [nodes[0], nodes[1]]);
            nodes = [_last, .. nodes.Skip(2)];
        }

        AddNode(layer.Name, nodes);

        void AddNode(string name, Node?[] inputs) =>
            Add(new MergeNode(layer, name, inputs, sources[0].Axis, features, operation, ClearsSkipped: false));
    }

    /// <summary>The steps that it sees side by side, and a dense layer over them.</summary>
    private void AddConvolution(LayerSpec layer)
    {
        var (features, channels) = (layer.KernelSize * _features, _features);
        if (layer.Positions > 0)
        {
            AddPositionConvolution(layer);
            return;
        }

        if (layer.Windows is { Padding: Padding.Causal, KeepsSteps: true } && layer.HasWindows)
            Add(new WindowNode(layer, layer.Name + ".window", _last, _axis, features, layer.KernelSize, layer.DilationRate));
        else if (layer.HasWindows)
            Add(new GatherNode(layer, layer.Name + ".windows", _last, _axis, WindowsOf(layer), features));
        if (layer.Groups > 1)
            AddSums(layer, outputs: 1, dilationRate: 1, strides: 1, layer.KernelSize, channels);
        else
            AddCell(layer, layer.Units);
    }

    /// <summary>A padding makes all outputs alike: they are rows of one matrix product.</summary>
    private void AddPositionConvolution(LayerSpec layer)
    {
        var (windows, positions, channels) = (layer.Windows, layer.Positions, _features / layer.Positions);
        var (outputs, before) = ((int)windows.Count(positions), (int)windows.Before(positions));
        var behind = Math.Max(0, (outputs - 1) * layer.Strides + windows.Span - positions - before);
        if (before + behind > 0)
            AddPadding(layer, layer.Name + ".padded", positions, before, behind, reflects: false);
        AddSums(layer, outputs, layer.DilationRate, layer.Strides, positions + before + behind, channels);
    }

    private void AddPadding(LayerSpec layer, string name, int positions, int before, int behind, bool reflects)
    {
        var channels = _features / positions;
        Add(new PaddingNode(layer, name, _last, _axis, (positions + before + behind) * channels, positions, channels, before, behind, reflects));
    }

    /// <summary>The sums of a convolution over what lies side by side, and their activation.</summary>
    private void AddSums(LayerSpec layer, int outputs, int dilationRate, int strides, int positions, int channels)
    {
        var isLinear = layer is { Activation: ActivationKind.Linear, ActivationMethod: null };
        var name = isLinear ? layer.Name : layer.Name + ".sums";
        Add(new ConvolutionNode(layer, name, _last, _axis, outputs * layer.Units, dilationRate, strides, positions, channels));
        if (!isLinear)
            Add(new CellNode(layer, layer.Name, _last, _axis, _features, _axis, ActivationCell.Create(layer), IsReversed: false, null));
    }

    /// <summary>The axis of a layer's windows: layers with the same ones have the same axis.</summary>
    private TimeAxis WindowsOf(LayerSpec layer)
    {
        if (layer.Windows.KeepsSteps)
            return _axis;
        if (_axis.Kind == TimeAxisKind.Fixed)
            return TimeAxis.Fixed((int)layer.Windows.Count(_axis.Count));
        var windows = _windows.Find(known => known.From == _axis && known.Geometry == layer.Windows);
        if (windows is null)
            _windows.Add(windows = new WindowAxis(layer.Name, _axis, layer.Windows));
        return _axis with { Kind = TimeAxisKind.Windows, Windows = windows };
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
            var operation = layer.MergeMode switch
            {
                MergeKind.Concat => MergeOperation.Concatenate,
                MergeKind.Sum => MergeOperation.Add,
                MergeKind.Multiply => MergeOperation.Multiply,
                _ => MergeOperation.Average,
            };
            Add(new MergeNode(layer, layer.Name, [forward, backward], output, features, operation, ClearsSkipped: true));
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
