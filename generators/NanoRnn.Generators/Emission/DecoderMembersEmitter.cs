using NanoRnn.Generators.Emission.Passes;
using NanoRnn.Generators.Planning;

namespace NanoRnn.Generators.Emission;

/// <summary>The members of a model with a decoder.</summary>
internal sealed class DecoderMembersEmitter(SourceWriter writer, ModelPlan model)
{
    private const string Library = ModelEmitter.Library;

    private bool TakesTokens => model.Spec.TakesTokens;

    public void Emit()
    {
        var identifier = model.Spec.Type.Identifier;
        EmitGenerate(
            "Makes a sequence of tokens from a sequence: step by step the most probable one, or, with a beam, the most probable sequence found.",
            "<param name=\"beamWidth\">Sequences that are followed at the same time, at least 1.</param>",
            "Allocates nothing, but memory for longer sequences or wider beams than the thread has had before. May be called from many threads at once.",
            "int beamWidth = 1", "Run");
        EmitGenerate(
            "Makes a sequence of tokens from a sequence: at each step one that a sampler draws from the probabilities of all.",
            "<param name=\"sampler\">Draws: its temperature, how many of the likeliest tokens it draws from, and its seed. For as many tokens as the target has.</param>",
            "Allocates nothing, but memory for longer sequences than the thread has had before. May be called from many threads at once, each with a sampler of its own.",
            "global::NanoRnn.TokenSampler sampler", "Sample");
        writer.Line();
        using (writer.Block(
            $"static void {Library}.IDecoderModel<{identifier}>.Decode({identifier} model, int token, ref float memory, int phase, ref float tape, int timeSteps, ref float y)"))
            ModelEmitter.EmitDispatch(
                writer, model, "Step", $"ref model._packedWeights.Reference, token, ref y, ref memory, phase{(model.Attending.Any() ? ", ref tape, timeSteps" : "")}");
    }

    private void EmitGenerate(string summary, string parameter, string remarks, string option, string method)
    {
        var name = option.Split(' ')[1];
        var beams = method == "Run" ? name : "1";
        writer.Line();
        writer.Summary(summary);
        writer.Line(TakesTokens
            ? $"/// <param name=\"source\">Tokens, each at least 0 and less than {model.Spec.Layers[0].Vocabulary}, at least one.</param>"
            : "/// <param name=\"source\">time × <see cref=\"InputSize\"/> floats, at least one time step.</param>");
        writer.Line("/// <param name=\"output\">Receives the tokens; its length is the largest number of them.</param>");
        writer.Line("/// " + parameter);
        writer.Line("/// <returns>How many tokens there are before the one that ends the target; all of <paramref name=\"output\"/> if it did not come.</returns>");
        writer.Line($"/// <remarks>{remarks}</remarks>");
        writer.Line($"/// <exception cref=\"global::System.ArgumentException\">A length does not fit, or a token is none{(method == "Run" ? "" : "; the sampler is for another number of tokens, or no token has a probability")}.</exception>");
        writer.Line(ModelEmitter.Optimize);
        using (writer.Block($"public int Generate(global::System.ReadOnlySpan<{(TakesTokens ? "int" : "float")}> source, global::System.Span<int> output, {option})"))
        {
            writer.Line($"var timeSteps = {Library}.Guard.Generate(source, InputSize, output, {beams});");
            PredictionMembersEmitter.EmitFewestSteps(writer, model, "source");
            if (method != "Run")
                writer.Line($"{Library}.Guard.Sampler(sampler, OutputSize);");
            if (TakesTokens)
                writer.Line($"{Library}.Guard.Tokens(source, {model.Spec.Layers[0].Vocabulary});");
            writer.Line($"var length = {PassText.Length(model.WholeTape!.Length, "L")};");
            writer.Line($"ref var memory = ref {Library}.Decoding.GetMemory(Description.Layout, length, output.Length, {beams});");
            writer.Line($"ref var tape = ref global::System.Runtime.CompilerServices.Unsafe.Add(ref memory, (nint){Library}.Decoding.GetLength(Description.Layout, output.Length, {beams}));");
            ModelEmitter.EmitDispatch(
                writer, model, "Encode", "ref _packedWeights.Reference, ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(source), timeSteps, ref memory, ref tape, 1");
            writer.Line($"return {Library}.Decoding.{method}(this, ref memory, ref tape, timeSteps, output, {name});");
        }
    }
}
