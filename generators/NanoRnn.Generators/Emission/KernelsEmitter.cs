using NanoRnn.Generators.Planning;

namespace NanoRnn.Generators.Emission;

/// <summary>The nested class with all kernels of one width: one file of the generated code.</summary>
internal static class KernelsEmitter
{
    public static string Emit(ModelPlan model, Width width)
    {
        var writer = new SourceWriter();
        TypeEmitter.EmitFileHeader(
            writer,
            "System", "System.Runtime.CompilerServices", "System.Runtime.Intrinsics", TypeEmitter.Library);
        TypeEmitter.EmitInside(writer, model.Spec.Type, baseList: "", () =>
        {
            writer.Summary(width.Condition is null
                ? "The network in plain floats, for processors without vectors."
                : $"The network in vectors of {width.Lanes} floats.");
            using (writer.Block($"private static class {width.Name}"))
                EmitMembers(writer, model, width);
        });
        return writer.ToString();
    }

    private static void EmitMembers(SourceWriter writer, ModelPlan model, Width width)
    {
        var functions = new FunctionEmitter();
        new PredictionEmitter(writer, model).Emit();
        new TrainingEmitter(writer, model).Emit();
        foreach (var layer in model.Layers)
        {
            var kernels = new LayerEmitter(writer, layer, width);
            kernels.Emit(KernelKind.Step);
            kernels.Emit(KernelKind.Rows);
            kernels.Emit(KernelKind.Record);
            if (layer.HasSoftmax)
                SoftmaxEmitter.EmitForward(writer, layer, width, functions);
            new BackwardEmitter(writer, layer, width).Emit();
            new GradientEmitter(writer, layer, width).Emit();
            EmitCells(writer, layer, width, functions);
        }

        functions.Emit(writer);
    }

    private static void EmitCells(SourceWriter writer, LayerPlan layer, Width width, FunctionEmitter functions)
    {
        var cells = new CellEmitter(writer, layer, functions);
        foreach (var stage in layer.Stages)
            foreach (var dialect in width.DialectsFor(layer.Split))
            {
                cells.EmitForward(stage, dialect, records: false);
                cells.EmitForward(stage, dialect, records: true);
                if (!layer.HasSoftmax)
                    cells.EmitBackward(stage, dialect);
            }
    }
}
