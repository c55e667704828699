using NanoRnn.Generators.Planning;

namespace NanoRnn.Generators.Emission;

/// <summary>
/// The file with the loops over layers and time. They are written once, over kernels that are a type parameter: for each width
/// the compiler makes its own version, and the width is chosen once per call.
/// </summary>
internal static class PassesEmitter
{
    /// <summary>
    /// Full speed from the first call on: a pass may be all that a short program runs. And never inlined: inside a caller the JIT's
    /// budget would end before a kernel's cells are inlined in turn, and those would run unoptimised.
    /// </summary>
    public const string Optimize = "[MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]";

    /// <summary>For a pass that has one caller, which is optimised fully.</summary>
    public const string Inline = "[MethodImpl(MethodImplOptions.AggressiveInlining)]";

    /// <summary>
    /// For a cell and its functions. A kernel of many rows and stages may go past the JIT's budget for inlining; what it calls then
    /// is at least optimised.
    /// </summary>
    public const string InlineOptimized = "[MethodImpl(MethodImplOptions.AggressiveInlining | MethodImplOptions.AggressiveOptimization)]";

    public const string Constraint = "    where TKernels : struct, IKernels";

    public static string Emit(ModelPlan model)
    {
        var writer = new SourceWriter();
        var attends = model.Layers.Any(layer => layer is AttentionPlan);
        string[] namespaces = attends ? ["System", "System.Runtime.CompilerServices", "System.Runtime.Intrinsics"] : ["System.Runtime.CompilerServices"];
        TypeEmitter.EmitNetwork(writer, model.Spec.Type, namespaces, () =>
        {
            writer.Summary("The layers' kernels: one time step each. Every register width has its own.");
            using (writer.Block("internal interface IKernels"))
                foreach (var layer in model.KernelLayers)
                    EmitContract(writer, layer);
            writer.Line();
            writer.Summary("The network's passes over time.");
            using (writer.Block("internal static class Passes"))
            {
                if (model.IsStreamable)
                    new SequenceEmitter(writer, model).Emit();
                else
                    new WholeEmitter(writer, model).Emit();
                new PredictionEmitter(writer, model).Emit();
                if (model.IsTrainable)
                    new TrainingEmitter(writer, model).Emit();
            }

            if (attends)
                AttentionCalls.EmitFunctions(writer);
        });
        return writer.ToString();
    }

    private static void EmitContract(SourceWriter writer, CellPlan layer)
    {
        writer.Line($"static abstract void {LayerEmitter.StepName(layer)}<TMode>(");
        writer.Line($"    {LayerEmitter.StepParameters(layer)}) where TMode : struct, Nano::IPassMode;");
        writer.Line();
        writer.Line($"static abstract void {LayerEmitter.RowsName(layer)}<TMode>(");
        writer.Line($"    {LayerEmitter.RowsParameters(layer)}) where TMode : struct, Nano::IPassMode;");
        if (layer.Projects)
        {
            writer.Line();
            writer.Line($"static abstract void {LayerEmitter.ProjectName(layer)}({LayerEmitter.ProjectParameters});");
        }

        if (!layer.IsTrainable)
            return;
        foreach (var stage in layer.Stages)
        {
            writer.Line();
            writer.Line($"static abstract void {BackwardEmitter.MethodName(layer, stage)}(");
            writer.Line($"    {BackwardEmitter.Parameters(layer)});");
        }
    }
}
