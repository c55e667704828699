using NanoRnn.CompilerServices;
using NanoRnn.Generators.Lowering.Functions;
using NanoRnn.Generators.Lowering.Network;
using NanoRnn.Generators.Parsing;

namespace NanoRnn.Generators.Planning;

/// <summary>All numbers of a model: where everything lies and how large it is.</summary>
internal sealed class ModelPlan
{
    public const int MaxRowsPerChunk = 16;

    public ModelPlan(ModelSpec spec, VectorWidths widths)
    {
        (Spec, Widths) = (spec, widths);
        Layers = PlanLayers(spec);
        BatchStatistics = [.. Layers.OfType<BatchStatisticsPlan>()];
        for (var part = 0; part < BatchStatistics.Count; part++)
            BatchStatistics[part].Part = part;
        Losses = [.. spec.Losses.Select(loss => new LossFunction(loss))];
        WholeLayer = Layers.FirstOrDefault(layer => !IsStep(layer));
        Encoder = [.. Layers.TakeWhile(layer => layer.Steps.Kind != TimeAxisKind.Target)];
        StreamLayers = [.. (HasDecoder ? Layers.Skip(Encoder.Count) : IsStreamable ? Layers : []).Where(layer => !layer.IsTransparent)];
        PlaceWeights();
        Tensors = [.. Layers.GroupBy(layer => layer.Spec.Name).SelectMany(OrderedByTraining).SelectMany(TensorPlanner.Plan)];
        PlaceMemory();
        PlaceStates();
        Tape = IsTrainable ? new TapePlan(Layers, [.. WindowAxes], records: true, masks: true) : null;
        if (IsStreamable)
            Sequence = new SequencePlan(StreamLayers, spec.Masks);
        else
            WholeTape = new TapePlan(Encoder, [], records: false, spec.Masks, Attending);
    }

    public ModelSpec Spec { get; }

    /// <summary>The vector widths that get kernels.</summary>
    public VectorWidths Widths { get; }

    public IReadOnlyList<LayerPlan> Layers { get; }

    /// <summary>The losses that are methods of the class.</summary>
    public IReadOnlyList<LossFunction> Losses { get; }

    /// <summary>What files say of the layers.</summary>
    public string Description => ModelDescriber.Describe(Spec);

    /// <summary>How kernels are stored, where a layer's can be stored so.</summary>
    public PrecisionKind Precision => Spec.Options.Precision;

    /// <summary>Whether the model can be trained: only with weights of 32 bits.</summary>
    public bool IsTrainable => Precision == PrecisionKind.Float32;

    public LayerPlan Last => Layers[Layers.Count - 1];

    public int InputSize => Spec.InputSize;

    public int OutputSize => Last.Features;

    /// <summary>The outputs that have names, each with its first feature, their number, and the layer; none for the model's input.</summary>
    public IReadOnlyList<(string Name, int Start, int Length, LayerPlan? Layer)> Outputs => Last is MergePlan { Name: NetworkBuilder.OutputName } merge
        ? [.. Spec.Outputs.Select((layer, i) => (Spec.NameOf(layer), merge.StartOf(i), merge.FeaturesOf(merge.Sources[i]), merge.Sources[i]))]
        : [.. Spec.Outputs.Select(layer => (Spec.NameOf(layer), 0, OutputSize, (LayerPlan?)Last))];

    public bool ReturnsSequences => Last.OutputIsSequence;

    public bool HasDecoder => Spec.Layers.Any(layer => layer.Kind == LayerKind.Decoder);

    /// <summary>Steps of the output, if the model sets them itself; else 0.</summary>
    public int OutputSteps => Last.Output.Kind == TimeAxisKind.Fixed ? Last.Output.Count : 0;

    /// <summary>Whether targets of a decoder that are token 0 do not count.</summary>
    public bool MasksTargets => HasDecoder && StreamLayers[0].Spec.MaskZero;

    /// <summary>Whether a layer gives the steps of the input in reversed order, and with them their mask.</summary>
    public bool ReversesTime => Layers.Any(layer => layer.Output.Mask == StepMask.Reversed);

    /// <summary>The axes whose steps are windows, each behind those that it is made of.</summary>
    public IEnumerable<TimeAxis> WindowAxes => Layers.Select(layer => layer.Output).Where(axis => axis.Kind == TimeAxisKind.Windows)
        .Select(axis => axis with { Mask = StepMask.InOrder }).Distinct();

    /// <summary>The fewest time steps that a sequence must have.</summary>
    public int FewestSteps => Layers.Select(layer => layer.Output.Fewest(1)).Max();

    /// <summary>Whether every layer goes through the sequence step by step, so that a stream can be predicted from.</summary>
    public bool IsStreamable => WholeLayer is null;

    /// <summary>The first layer that needs its whole input before its first output, or has a time of its own; null if there is none.</summary>
    public LayerPlan? WholeLayer { get; }

    /// <summary>All layers, or those before the decoder.</summary>
    public IReadOnlyList<LayerPlan> Encoder { get; }

    /// <summary>The layers that do something step by step: those of a stream, or the decoder's.</summary>
    public IReadOnlyList<LayerPlan> StreamLayers { get; }

    /// <summary>The layers of a decoder that read its encoder's steps.</summary>
    public IEnumerable<AttentionPlan> Attending => StreamLayers.OfType<AttentionPlan>();

    /// <summary>Whether a stream's states before its first step are not all zeros, but weights.</summary>
    public bool StartsAtWeights => IsStreamable && Cells.Any(layer => layer.StartsAtWeights);

    /// <summary>
    /// The layers that need all steps of a batch at once. Between them the network is cut into parts: each is gone through for all sequences before
    /// the next.
    /// </summary>
    public IReadOnlyList<BatchStatisticsPlan> BatchStatistics { get; }

    /// <summary>Those of them that gradients come through.</summary>
    public IEnumerable<BatchStatisticsPlan> TrainedBatchStatistics => BatchStatistics.Where(layer => layer.TrainedBelow is not null);

    /// <summary>The first of them, or null.</summary>
    public BatchStatisticsPlan? FirstBatchStatistics => BatchStatistics.Count > 0 ? BatchStatistics[0] : null;

    public IEnumerable<CellPlan> Cells => Layers.OfType<CellPlan>();

    /// <summary>The layers that see every step of a stream; the others only see the last one.</summary>
    public IEnumerable<LayerPlan> StepLayers => StreamLayers.Where(layer => layer.InputIsSequence);

    public IEnumerable<LayerPlan> FinalLayers => StreamLayers.Where(layer => !layer.InputIsSequence);

    /// <summary>The last layer that does something in prediction.</summary>
    public LayerPlan LastInPrediction => Last.IsTransparent ? Last.PredictionInput! : Last;

    /// <summary>The layers that need kernels of their own.</summary>
    public IEnumerable<CellPlan> KernelLayers => Cells.Where(layer => layer.Kernels == layer);

    /// <summary>The tensors in Keras's order.</summary>
    public IReadOnlyList<TensorLayout> Tensors { get; }

    public int ParameterCount => Layers.Sum(layer => layer.ParameterCount);

    public int WeightLength { get; private set; }

    /// <summary>Those of the packed weights that training changes, which come first.</summary>
    public int TrainableLength { get; private set; }

    /// <summary>Those behind them that training moves by the statistics of batches.</summary>
    public int StatisticsLength { get; private set; }

    public long TransposedLength { get; private set; }

    public int Pieces { get; private set; }

    /// <summary>Floats of one phase of a sequence's memory: every layer's output. A step reads one phase and writes the other.</summary>
    public int PhaseLength { get; private set; }

    /// <summary>Floats of a sequence's memory: two phases, then other states and carried values.</summary>
    public int MemoryLength { get; private set; }

    /// <summary>The memory of a prediction from one sequence, if the model is streamable.</summary>
    public SequencePlan? Sequence { get; }

    /// <summary>The memory of a prediction from whole sequences, if it is not.</summary>
    public TapePlan? WholeTape { get; }

    /// <summary>Sequences that a batch prediction takes at a time: as many as have their memory on the stack.</summary>
    public int RowsPerChunk => Math.Max(1, Math.Min(MaxRowsPerChunk, BufferLimits.MaxStackFloats / MemoryLength));

    /// <summary>
    /// Floats of memory of a batch prediction, if the model is streamable: of several sequences side by side, or where steps are skipped of
    /// one after the other.
    /// </summary>
    public int BatchLength => Spec.Masks ? Sequence!.Length : MemoryLength * RowsPerChunk;

    /// <summary>The memory of training; null for a model that only predicts.</summary>
    public TapePlan? Tape { get; }

    /// <summary>Floats of all states of a sequence, to be carried from batch to batch.</summary>
    public int StateLength { get; private set; }

    private static List<LayerPlan> PlanLayers(ModelSpec spec)
    {
        var plans = new Dictionary<string, LayerPlan>(StringComparer.Ordinal);
        var layers = new List<LayerPlan>();
        foreach (var node in NetworkBuilder.Build(spec))
        {
            var identifier = Identify(node.Name, layers);
            var below = PlanOf(node.Input);
            LayerPlan plan = node switch
            {
                CellNode cell => new CellPlan(
                    cell, identifier, below, spec.InputSize, cell.InitialState is null ? null : (CellPlan)plans[cell.InitialState.Name], spec.Options.Precision),
                EmbeddingNode embedding => new EmbeddingPlan(embedding, identifier),
                DropoutNode dropout => new DropoutPlan(dropout, identifier, below, spec.InputSize),
                NormalizationNode normalization => new NormalizationPlan(normalization, identifier, below, spec.InputSize),
                BatchStatisticsNode statistics => new BatchStatisticsPlan(statistics, identifier, below, spec.InputSize),
                ScalingNode scaling => new ScalingPlan(scaling, identifier, below, spec.InputSize),
                MergeNode merge => new MergePlan(merge, identifier, [.. merge.Sources.Select(PlanOf)], spec.InputSize),
                GatherNode gather => new GatherPlan(gather, identifier, below, spec.InputSize),
                AttentionNode attention => new AttentionPlan(
                    attention, identifier, plans[attention.Query.Name], plans[attention.Value.Name], plans[attention.Key.Name], spec.InputSize),
                PoolingNode pooling => new PoolingPlan(pooling, identifier, below, spec.InputSize),
                ConvolutionNode convolution => new ConvolutionPlan(convolution, identifier, below, spec.InputSize),
                PaddingNode padding => new PaddingPlan(padding, identifier, below, spec.InputSize),
                WindowNode window => new WindowPlan(window, identifier, below, spec.InputSize),
                SliceNode slice => new SlicePlan(slice, identifier, below, spec.InputSize),
                _ => new RearrangementPlan(node, identifier, below!),
            };
            if (plan is CellPlan kernels)
            {
                kernels.Kernels = layers.OfType<CellPlan>().FirstOrDefault(kernels.HasKernelsOf)?.Kernels ?? kernels;
                if (kernels.InitialState is { } initial)
                    initial.StateReader = kernels;
            }

            plans.Add(node.Name, plan);
            layers.Add(plan);
        }

        // The backward pass comes to the layers from the last to the first: the first reader writes, the others add.
        var written = new HashSet<LayerPlan>();
        foreach (var layer in Enumerable.Reverse(layers))
            layer.AddsTo = [.. layer.Sources.Select(source => source is not null && !written.Add(source))];
        return layers;

        LayerPlan? PlanOf(Node? node) => node is null ? null : plans[node.Name];
    }

    private static bool IsStep(LayerPlan layer) => layer switch
    {
        CellPlan cell => !cell.IsReversed,
        RearrangementPlan or GatherPlan or PoolingPlan or AttentionPlan => false,
        _ => layer.Output.Kind == TimeAxisKind.Source || !layer.OutputIsSequence,
    };

    private void PlaceWeights()
    {
        foreach (var layer in Layers)
        {
            layer.FirstPiece = Pieces;
            Pieces += layer.Pieces;
        }

        Place(Layers.Where(layer => !layer.IsFrozen));
        TrainableLength = WeightLength;
        Place(BatchStatistics);
        StatisticsLength = WeightLength - TrainableLength;
        Place(Layers.Where(layer => layer.IsFrozen && layer is not BatchStatisticsPlan));
        if (IsTrainable)
            PlaceTransposed();

        void Place(IEnumerable<LayerPlan> layers)
        {
            foreach (var layer in layers)
            {
                layer.WeightOffset = WeightLength;
                WeightLength += RoundUp(layer.WeightLength);
            }
        }
    }

    private void PlaceTransposed()
    {
        foreach (var layer in Cells)
            layer.Transposed =
            [
                .. layer.Stages.Select(stage => (
                    layer.TrainedBelow is null || layer.UsesDotProducts ? null : Place(stage.Input, layer),
                    Place(stage.Recurrent, layer))),
            ];
        foreach (var layer in Layers.OfType<ConvolutionPlan>().Where(layer => layer.IsTransposed))
        {
            layer.TransposedOffset = TransposedLength;
            TransposedLength += (long)layer.Shape.Filters * layer.Shape.TransposedRow;
        }

        TransposedPlan? Place(MapFeed feed, CellPlan layer)
        {
            if (feed.MapCount == 0)
                return null;
            var plan = TransposedPlan.Create(TransposedLength, layer.Split, feed.MapCount, feed.Rows);
            TransposedLength += RoundUp(plan.Length);
            return plan;
        }
    }

    /// <summary>What an attribute is made of, with statistics behind what is trained, as Keras has them.</summary>
    private static IEnumerable<LayerPlan> OrderedByTraining(IEnumerable<LayerPlan> layers) => layers.OrderBy(layer => layer.IsFrozen);

    private void PlaceMemory()
    {
        foreach (var layer in StreamLayers)
        {
            layer.PhaseOffset = Align(PhaseLength, layer);
            PhaseLength = layer.PhaseOffset + layer.Split.RowLength;
        }

        // Both phases, and what lies behind them, start where the widest vector may start.
        PhaseLength = StreamLayers.Aggregate(PhaseLength, Align);
        MemoryLength = 2 * PhaseLength;
        foreach (var layer in StreamLayers)
        {
            layer.MemoryOffset = Align(MemoryLength, layer);
            MemoryLength = layer.MemoryOffset + layer.MemoryLength;
        }

        // A vector of a layer does not lie across two cache lines.
        static int Align(int offset, LayerPlan layer)
        {
            var lanes = Math.Min(layer.Split.RowLength, BlockSplit.BlockLanes);
            return (offset + lanes - 1) / lanes * lanes;
        }
    }

    private void PlaceStates()
    {
        foreach (var layer in Layers)
        {
            layer.StateOffset = StateLength;
            StateLength += layer.StateLength;
        }
    }

    internal static int RoundUp(int floats) => (int)RoundUp((long)floats);

    internal static long RoundUp(long floats) => (floats + BlockSplit.BlockLanes - 1) / BlockSplit.BlockLanes * BlockSplit.BlockLanes;

    private static string Identify(string name, List<LayerPlan> others)
    {
        var identifier = SnakeCase.ToPascalCase(name);
        return others.Any(other => other.Identifier == identifier) ? identifier + "Layer" + others.Count : identifier;
    }
}
