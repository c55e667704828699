using NanoRnn.Generators.Emission.Passes;
using NanoRnn.Generators.Planning;

namespace NanoRnn.Generators.Emission;

/// <summary>The members of a model with a decoder.</summary>
internal sealed class DecoderMembersEmitter(SourceWriter writer, ModelPlan model)
{
    private const string Library = ModelEmitter.Library;

    public void Emit()
    {
        var takesTokens = model.Spec.TakesTokens;
        var (identifier, tape) = (model.Spec.Type.Identifier, model.WholeTape!);
        writer.Line();
        writer.Summary("Makes a sequence of tokens from a sequence: step by step the most probable one, or, with a beam, the most probable sequence found.");
        writer.Line(takesTokens
            ? $"/// <param name=\"source\">Tokens, each at least 0 and less than {model.Spec.Layers[0].Vocabulary}, at least one.</param>"
            : "/// <param name=\"source\">time × <see cref=\"InputSize\"/> floats, at least one time step.</param>");
        writer.Line("/// <param name=\"output\">Receives the tokens; its length is the largest number of them.</param>");
        writer.Line("/// <param name=\"beamWidth\">Sequences that are followed at the same time, at least 1.</param>");
        writer.Line("/// <returns>How many tokens there are before the one that ends the target; all of <paramref name=\"output\"/> if it did not come.</returns>");
        writer.Line("/// <remarks>Allocates nothing, but memory for longer sequences or wider beams than the thread has had before. May be called from many threads at once.</remarks>");
        writer.Line("/// <exception cref=\"global::System.ArgumentException\">A length does not fit, or a token is none.</exception>");
        writer.Line(ModelEmitter.Optimize);
        using (writer.Block($"public int Generate(global::System.ReadOnlySpan<{(takesTokens ? "int" : "float")}> source, global::System.Span<int> output, int beamWidth = 1)"))
        {
            writer.Line($"var timeSteps = {Library}.Guard.Generate(source, InputSize, output, beamWidth);");
            if (takesTokens)
                writer.Line($"{Library}.Guard.Tokens(source, {model.Spec.Layers[0].Vocabulary});");
            writer.Line($"var length = {PassText.Length(tape.Length, "L")};");
            writer.Line($"ref var memory = ref {Library}.Decoding.GetMemory(Description.Layout, length, output.Length, beamWidth);");
            writer.Line("ref var tape = ref global::System.Runtime.CompilerServices.Unsafe.Add(ref memory, (nint)" + $"{Library}.Decoding.GetLength(Description.Layout, output.Length, beamWidth));");
            ModelEmitter.EmitDispatch(
                writer, model, "Encode", "ref _packedWeights.Reference, ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(source), timeSteps, ref memory, ref tape, 1");
            writer.Line($"return {Library}.Decoding.Run(this, ref memory, ref tape, timeSteps, output, beamWidth);");
        }

        writer.Line();
        using (writer.Block(
            $"static void {Library}.IDecoderModel<{identifier}>.Decode({identifier} model, int token, ref float memory, int phase, ref float tape, int timeSteps, ref float y)"))
            ModelEmitter.EmitDispatch(
                writer, model, "Step", $"ref model._packedWeights.Reference, token, ref y, ref memory, phase{(model.Attending.Any() ? ", ref tape, timeSteps" : "")}");
    }
}
