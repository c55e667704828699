using NanoRnn.Generators.Planning;

namespace NanoRnn.Generators.Emission;

/// <summary>The nested type with all kernels of one width: one file of the generated code.</summary>
internal static class KernelsEmitter
{
    public static string Emit(ModelPlan model, Width width)
    {
        var writer = new SourceWriter();
        string[] namespaces = ["System", "System.Runtime.CompilerServices", "System.Runtime.InteropServices", "System.Runtime.Intrinsics"];
        TypeEmitter.EmitNetwork(writer, model.Spec.Type, namespaces, () =>
        {
            writer.Summary(width.Condition is null
                ? "The layers in plain floats, for processors without vectors."
                : $"The layers in vectors of {width.Lanes} floats.");
            using (writer.Block($"internal readonly struct {width.Name} : IKernels"))
                EmitMembers(writer, model, width);
        });
        return writer.ToString();
    }

    private static void EmitMembers(SourceWriter writer, ModelPlan model, Width width)
    {
        var functions = new FunctionEmitter(width.NumbersInMemory);
        foreach (var layer in model.KernelLayers)
        {
            var forward = new LayerEmitter(writer, layer, width);
            forward.Emit();
            if (layer.HasSoftmax)
                SoftmaxEmitter.EmitForward(writer, layer, width, functions);
            if (layer.IsTrainable)
                new BackwardEmitter(writer, layer, width).Emit();
            EmitCells(writer, layer, width, functions, forward.CellsOfRows);
        }

        functions.Emit(writer);
    }

    private static void EmitCells(
        SourceWriter writer, CellPlan layer, Width width, FunctionEmitter functions, IEnumerable<(StagePlan Stage, Dialect Dialect)> cellsOfRows)
    {
        var cells = new CellEmitter(writer, layer, functions);
        foreach (var stage in layer.Stages)
            foreach (var dialect in width.DialectsFor(layer.Split))
            {
                cells.EmitForward(stage, dialect);
                if (HasBackward(layer))
                    cells.EmitBackward(stage, dialect);
            }

        foreach (var (stage, dialect) in cellsOfRows)
            cells.EmitForward(stage, dialect);
        if (HasBackward(layer) && BackwardEmitter.DialectOfRows(layer, width) is { } backward)
            foreach (var stage in layer.Stages)
                cells.EmitBackward(stage, backward);
    }

    private static bool HasBackward(CellPlan layer) => layer.IsTrainable && !layer.HasSoftmax;
}
