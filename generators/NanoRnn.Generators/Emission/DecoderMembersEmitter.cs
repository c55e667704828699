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
        EmitGenerate(new("int", "beamWidth", " = 1")
        {
            Summary = "Makes a sequence of tokens from a sequence: step by step the most probable one, or, with a beam, the most probable sequence found.",
            Parameter = "Sequences that are followed at the same time, at least 1.",
            Remarks = "Allocates nothing, but memory for longer sequences or wider beams than the thread has had before. May be called from many threads at once.",
            Mistakes = "A length does not fit, or a token is none",
            Method = "Run",
            Beams = "beamWidth",
        });
        EmitGenerate(new("global::NanoRnn.TokenSampler", "sampler")
        {
            Summary = "Makes a sequence of tokens from a sequence: at each step one that a sampler draws from the probabilities of all.",
            Parameter = "Draws: its temperature, how many of the likeliest tokens it draws from, and its seed. For as many tokens as the target has.",
            Remarks = "Allocates nothing, but memory for longer sequences than the thread has had before. May be called from many threads at once, each with a sampler of its own.",
            Mistakes = "A length does not fit, or a token is none; the sampler is for another number of tokens, or no token has a probability",
            Method = "Sample",
            Check = $"{Library}.Guard.Sampler(sampler, OutputSize);",
        });
        writer.Line();
        using (writer.Block(
            $"static void {Library}.IDecoderModel<{identifier}>.Decode({identifier} model, int token, ref float memory, int phase, ref float tape, int timeSteps, ref float y)"))
            ModelEmitter.EmitDispatch(
                writer, model, "Step", $"ref model._packedWeights.Reference, token, ref y, ref memory, phase{(model.Attending.Any() ? ", ref tape, timeSteps" : "")}");
    }

    private void EmitGenerate(Generation way)
    {
        writer.Line();
        writer.Summary(way.Summary);
        writer.Line(TakesTokens
            ? $"/// <param name=\"source\">Tokens, each at least 0 and less than {model.Spec.Layers[0].Vocabulary}, at least one.</param>"
            : "/// <param name=\"source\">time × <see cref=\"InputSize\"/> floats, at least one time step.</param>");
        writer.Line("/// <param name=\"output\">Receives the tokens; its length is the largest number of them.</param>");
        writer.Line($"/// <param name=\"{way.Name}\">{way.Parameter}</param>");
        writer.Line("/// <returns>How many tokens there are before the one that ends the target; all of <paramref name=\"output\"/> if it did not come.</returns>");
        writer.Line($"/// <remarks>{way.Remarks}</remarks>");
        writer.Line($"/// <exception cref=\"global::System.ArgumentException\">{way.Mistakes}.</exception>");
        writer.Line(ModelEmitter.Optimize);
        using (writer.Block($"public int Generate(global::System.ReadOnlySpan<{(TakesTokens ? "int" : "float")}> source, global::System.Span<int> output, {way.Type} {way.Name}{way.Default})"))
        {
            writer.Line($"var timeSteps = {Library}.Guard.Generate(source, InputSize, output, {way.Beams});");
            PredictionMembersEmitter.EmitFewestSteps(writer, model, "source");
            if (way.Check is not null)
                writer.Line(way.Check);
            if (TakesTokens)
                writer.Line($"{Library}.Guard.Tokens(source, {model.Spec.Layers[0].Vocabulary});");
            writer.Line($"var length = {PassText.Length(model.WholeTape!.Length, "L")};");
            writer.Line($"ref var memory = ref {Library}.Decoding.GetMemory(Description.Layout, length, output.Length, {way.Beams});");
            writer.Line($"ref var tape = ref global::System.Runtime.CompilerServices.Unsafe.Add(ref memory, (nint){Library}.Decoding.GetLength(Description.Layout, output.Length, {way.Beams}));");
            ModelEmitter.EmitDispatch(
                writer, model, "Encode", "ref _packedWeights.Reference, ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(source), timeSteps, ref memory, ref tape, 1");
            writer.Line($"return {Library}.Decoding.{way.Method}(this, ref memory, ref tape, timeSteps, output, {way.Name});");
        }
    }

    /// <summary>One way to choose tokens, an overload of <c>Generate</c>.</summary>
    /// <param name="Type">Type of the parameter that says how.</param>
    /// <param name="Name">Its name.</param>
    /// <param name="Default">Its default with what stands before it, or nothing.</param>
    private sealed record Generation(string Type, string Name, string Default = "")
    {
        public required string Summary { get; init; }

        /// <summary>What is said of the parameter.</summary>
        public required string Parameter { get; init; }

        public required string Remarks { get; init; }

        /// <summary>What is an exception.</summary>
        public required string Mistakes { get; init; }

        /// <summary>The runtime's method.</summary>
        public required string Method { get; init; }

        /// <summary>Sequences that are followed at the same time, an expression.</summary>
        public string Beams { get; init; } = "1";

        /// <summary>What checks the parameter, a statement; null where the lengths' check does.</summary>
        public string? Check { get; init; }
    }
}
