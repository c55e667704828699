using NanoRnn.Generators.Planning;

namespace NanoRnn.Generators.Emission;

/// <summary>The nested class of constants that say how much memory everything takes.</summary>
internal sealed class MemoryEmitter(SourceWriter writer, ModelPlan model)
{
    private const string Arena = "<see cref=\"global::NanoRnn.MemoryArena\"/>";

    private bool _isFirst = true;

    public void Emit()
    {
        var memory = new MemoryPlan(model);
        writer.Line();
        writer.Summary("How many bytes everything takes. What an arena is for is a whole number of cache lines.");
        using (writer.Block("public static class Memory"))
        {
            Constant("WeightBytes", $"The model itself: its packed weights. What a model takes from a {Arena}.", memory.Weights);
            if (model.IsStreamable)
                Constant("SessionBytes", $"A session. What it takes from a {Arena}.", memory.Session);
            if (memory.PredictScratch is { } scratch)
                Constant("PredictScratchBytes", $"A prediction from one sequence, while it runs, {Place(model.Sequence?.Length)}.", scratch);
            if (memory.PredictBatchScratch is { } batch)
                Constant("PredictBatchScratchBytes", $"A prediction from a batch, while it runs, {Place(model.IsStreamable ? model.BatchLength : null)}.", batch);
            if (memory.Training is { } training)
                EmitTraining(training, memory.Weights + training.Total);
        }
    }

    /// <param name="floats">How many, if that does not depend on the sequence.</param>
    private static string Place(int? floats) =>
        floats is not { } known ? "of the thread, until it has had a longer sequence"
        : MemoryPlan.IsOnStack(known) ? "on the stack"
        : "a thread's from its first one on";

    private void EmitTraining(CompilerServices.TrainingMemory training, long total)
    {
        var options = model.Spec.Options;
        Constant("TransposedBytes", "A trainer's transposed copy of kernels.", training.Transposed);
        Constant("GradientBytes", "A trainer's gradient of the weights.", training.Gradients);
        Constant(
            "OptimizerBytes",
            "What Adam keeps: two numbers for each weight. SGD keeps none, SGD with momentum and RMSprop one; RMSprop one more with a momentum, and one more if it is centered.",
            training.Optimizer);
        Constant("TapeBytes", $"What the forward pass of {training.TapeSteps} time steps leaves for the backward pass.", training.Tape);
        if (training.States > 0)
            Constant("CheckpointBytes", "The states from which steps are computed again.", training.States);
        Constant("BatchBytes", "The batch: inputs, outputs, their gradients, targets, lengths and masks.", training.Batch);
        Constant(
            "TrainerBytes",
            $"All of a trainer of {options.BatchSize} sequences of {options.TimeSteps} time steps with Adam. What it takes from a {Arena}.",
            training.Total);
        Constant("TrainingBytes", "The model and its trainer.", total);
    }

    private void Constant(string name, string summary, long bytes)
    {
        if (!_isFirst)
            writer.Line();
        _isFirst = false;
        writer.Summary(summary);
        writer.Line($"public const {(bytes > int.MaxValue ? "long" : "int")} {name} = {bytes};");
    }
}
