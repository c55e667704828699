using System.Collections.Immutable;
using NanoRnn.CompilerServices;
using NanoRnn.Generators.Lowering;
using NanoRnn.Generators.Parsing;

namespace NanoRnn.Generators.Planning;

/// <summary>Where the elements of a layer's tensors lie in the packed weights, in the runtime's own terms.</summary>
internal static class TensorPlanner
{
    /// <summary>The tensors in Keras's order.</summary>
    public static IEnumerable<TensorLayout> Plan(LayerPlan layer) => layer switch
    {
        CellPlan cell =>
        [
            .. cell.Cell.Tensors.Select(tensor => Plan(cell, tensor)),
            .. cell.StartsAtWeights ? (TensorLayout[])[InitialState(cell)] : [],
        ],
        EmbeddingPlan embedding =>
        [
            new StridedTensorLayout
            {
                Name = $"{layer.Name}.embeddings",
                Shape = [embedding.Vocabulary, layer.Features],
                Initializer = Initializer.RandomUniform,
                Offset = layer.WeightOffset,
                RowStride = layer.Split.RowLength,
                ColumnStride = 1,
            },
        ],
        NormalizationPlan => [Vector(layer, "gamma", Initializer.Ones, 0), Vector(layer, "beta", Initializer.Zeros, layer.Split.RowLength)],
        ConvolutionPlan convolution => Plan(convolution),
        AttentionPlan { IsAdditive: true } attention => [Vector(layer, "scale", Initializer.GlorotUniform, 0, attention.ScoreSplit.Units)],
        BatchStatisticsPlan =>
        [
            Vector(layer, "moving_mean", Initializer.Zeros, 0), Vector(layer, "moving_variance", Initializer.Ones, layer.Split.RowLength),
        ],
        ScalingPlan scaling => scaling.Statistics.Select((statistic, row) => Vector(layer, statistic.Name, statistic.Start, row * layer.Split.RowLength)),
        _ => [],
    };

    private static IEnumerable<TensorLayout> Plan(ConvolutionPlan layer)
    {
        var (shape, kernel, bias) = (layer.Shape, layer.Spec.Weights.Kernel, layer.Spec.Weights.Bias);
        yield return new StridedTensorLayout
        {
            Name = $"{layer.Spec.Name}.kernel",
            Shape = [shape.KernelSize, shape.GroupChannels, shape.Filters],
            Initializer = kernel.Initializer,
            L1 = kernel.L1,
            L2 = kernel.L2,
            Offset = layer.WeightOffset + shape.KernelStart,
            RowStride = shape.RowLength,
            ColumnStride = 1,
        };
        if (shape.HasBias)
            yield return new StridedTensorLayout
            {
                Name = $"{layer.Spec.Name}.bias",
                Shape = [shape.Filters],
                Initializer = bias.Initializer,
                L1 = bias.L1,
                L2 = bias.L2,
                Offset = layer.WeightOffset,
                RowStride = 0,
                ColumnStride = 1,
            };
    }

    private static StridedTensorLayout InitialState(CellPlan layer) => new()
    {
        Name = $"{layer.Name}.initial_state",
        Shape = [layer.Cell.States.Count, layer.Units],
        Initializer = Initializer.Zeros,
        Offset = layer.WeightOffset + layer.InitialStateOffset,
        RowStride = layer.Split.RowLength,
        ColumnStride = 1,
    };

    private static StridedTensorLayout Vector(LayerPlan layer, string name, Initializer initializer, int offset, int? length = null) => new()
    {
        Name = $"{layer.Spec.Name}.{name}",
        Shape = [length ?? layer.Features],
        Initializer = initializer,
        IsTrainable = !layer.IsFrozen,
        Offset = layer.WeightOffset + offset,
        RowStride = 0,
        ColumnStride = 1,
    };

    private static TensorLayout Plan(CellPlan layer, CellTensor tensor)
    {
        var (suffix, spec) = tensor.Role switch
        {
            TensorRole.Kernel => ("kernel", layer.Spec.Weights.Kernel),
            TensorRole.RecurrentKernel => ("recurrent_kernel", layer.Spec.Weights.Recurrent),
            TensorRole.Weight => (tensor.Name, WeightsSpec.Default.Bias with { Initializer = tensor.GateRows[0][0].Initializer }),
            _ => ("bias", layer.Spec.Weights.Bias),
        };
        var name = $"{layer.Name}.{suffix}";
        var gates = tensor.GateRows[0];
        var (rows, columns) = (layer.Rows(tensor), gates.Count * layer.Units);
        ImmutableArray<int> shape = tensor.Role is TensorRole.Bias or TensorRole.Weight && rows == 1 ? [columns]
            : layer.Spec.Kind == LayerKind.Conv1D && tensor.Role == TensorRole.Kernel ? [layer.Spec.KernelSize, rows / layer.Spec.KernelSize, columns]
            : [rows, columns];
        if (layer.UsesDotProducts)
        {
            var isBias = tensor.Role == TensorRole.Bias;
            return new StridedTensorLayout
            {
                Name = name,
                Shape = shape,
                Initializer = spec.Initializer,
                L1 = spec.L1,
                L2 = spec.L2,
                Offset = layer.WeightOffset + (isBias ? layer.DotBiasOffset : 0),
                RowStride = isBias ? 0 : 1,
                ColumnStride = isBias ? 1 : layer.InputStride,
            };
        }

        if (layer.PrecisionOf(tensor) == PrecisionKind.Int8)
            return new Int8TensorLayout
            {
                Name = name,
                Shape = shape,
                ElementType = ElementType.I8,
                Initializer = spec.Initializer,
                L1 = spec.L1,
                L2 = spec.L2,
                Units = layer.Units,
                Gates = [.. gates.Select(gate => IntegerGate(layer, tensor, gate))],
            };
        return new BlockedTensorLayout
        {
            Name = name,
            Shape = shape,
            ElementType = layer.PrecisionOf(tensor).ElementType(),
            Initializer = spec.Initializer,
            UnitForgetBias = tensor.Role == TensorRole.Bias && layer.Spec is { Kind: LayerKind.Lstm, UnitForgetBias: true },
            L1 = spec.L1,
            L2 = spec.L2,
            Offset = layer.WeightOffset,
            Units = layer.Units,
            SlotsPerBlock = layer.SlotsPerBlock,
            GateSlots = [.. gates.Select(gate => Slot(layer, tensor, gate, 0))],
            RowStrides = [.. Enumerable.Range(0, gates.Count).Select(gate => RowStride(layer, tensor, gate))],
        };
    }

    /// <summary>Where a gate's columns lie in a matrix of integers.</summary>
    private static Int8Gate IntegerGate(CellPlan layer, CellTensor tensor, AffineMap gate)
    {
        var stage = layer.Stages.Single(candidate => candidate.Maps.Contains(gate));
        var feed = tensor.Role == TensorRole.Kernel ? stage.Input : stage.Recurrent;
        var matrix = layer.Int8.Find(feed)!;
        var map = stage.Maps.TakeWhile(candidate => candidate != gate).Count();
        return new Int8Gate(layer.WeightOffset + matrix.WeightOffset, matrix.Columns, map - feed.FirstMap, feed.MapCount);
    }

    /// <summary>Slots of a tensor's gate from one to the next; 0 if there is one row.</summary>
    private static int RowStride(CellPlan layer, CellTensor tensor, int gate) => layer.Rows(tensor) == 1 ? 0
        : Slot(layer, tensor, tensor.GateRows[tensor.Role == TensorRole.Bias ? 1 : 0][gate], layer.PrecisionOf(tensor).RowsPerSlot()) - Slot(layer, tensor, tensor.GateRows[0][gate], 0);

    /// <summary>The slot of a gate in a row of a tensor.</summary>
    private static int Slot(CellPlan layer, CellTensor tensor, AffineMap gate, int row)
    {
        var stage = layer.Stages.Single(candidate => candidate.Maps.Contains(gate));
        var index = stage.Maps.TakeWhile(map => map != gate).Count();
        if (tensor.Role is TensorRole.Bias or TensorRole.Weight)
            return stage.BiasSlot(index, Math.Min(row, gate.BiasCount - 1));
        var feed = tensor.Role == TensorRole.Kernel ? stage.Input : stage.Recurrent;
        return feed.SlotOf(row, index);
    }
}
