using System.Globalization;
using NanoRnn.CompilerServices;
using NanoRnn.Generators.Diagnostics;
using NanoRnn.Generators.Parsing;

namespace NanoRnn.Generators.Planning;

/// <summary>
/// Whether the buffers of a model can exist. Generated code and the runtime count floats of a buffer in 32 bits and multiply numbers of rows
/// and steps in 64: no product of them overflows where one step of one sequence fits, and the memory of all has been had.
/// </summary>
internal static class SizeCheck
{
    /// <summary>What is too large already for one sequence of one step, so that the model cannot be generated; null if nothing is.</summary>
    public static DiagnosticInfo? FindTooLarge(ModelPlan model)
    {
        foreach (var (name, floats, limit) in BuffersOfOne(model))
            if (floats > limit)
                return DiagnosticInfo.Create(
                    DiagnosticDescriptors.SequenceTooLarge,
                    SourcePlace.OfModel(model.Spec.Type.MetadataName),
                    model.Spec.Type.DisplayName,
                    name,
                    Number(floats),
                    Number(limit));
        return null;
    }

    /// <summary>What is too large for so many sequences and steps as the model says; null if nothing is.</summary>
    public static DiagnosticInfo? FindTooLarge(MemoryPlan memory, ModelSpec model, SourcePlace place)
    {
        const long MaxScratchBytes = BufferLimits.MaxScratchFloats * sizeof(float);
        var found = memory.PredictScratch > MaxScratchBytes
            ? ("prediction", memory.PredictScratch.Value, MaxScratchBytes)
            : memory.Training?.FindTooLarge();
        return found is not var (name, bytes, limit) ? null : DiagnosticInfo.Create(
            DiagnosticDescriptors.BatchTooLarge,
            place,
            model.Type.DisplayName,
            LayerParser.Text(model.Options.BatchSize),
            LayerParser.Text(model.Options.TimeSteps),
            name,
            Number(bytes),
            Number(limit));
    }

    private static IEnumerable<(string Name, long Floats, long Limit)> BuffersOfOne(ModelPlan model)
    {
        yield return ("output", Math.Max(1, model.OutputSteps) * (long)model.OutputSize, BufferLimits.MaxFloats);
        var prediction = model.WholeTape?.Length.For(1, 0) ?? model.Sequence!.Length;
        yield return ("prediction", prediction + model.MemoryLength, BufferLimits.MaxScratchFloats);
        if (model.Tape is not { } tape)
            yield break;
        yield return ("training", tape.Length.For(1, model.HasDecoder ? 1 : 0), BufferLimits.MaxFloats);
        yield return ("transposed kernels", model.TransposedLength, BufferLimits.MaxFloats);
    }

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
