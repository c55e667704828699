using NanoRnn.Generators.Emission.Passes;
using NanoRnn.Generators.Lowering.Network;
using NanoRnn.Generators.Planning;

namespace NanoRnn.Generators.Emission;

/// <summary>The members that predict from whole sequences.</summary>
internal sealed class PredictionMembersEmitter(SourceWriter writer, ModelPlan model)
{
    private const string Library = ModelEmitter.Library;
    private const string Results = "global::System.Span<float>";
    private const string Lengths = "global::System.ReadOnlySpan<int>";

    private string Inputs => $"global::System.ReadOnlySpan<{(model.Spec.TakesTokens ? "int" : "float")}>";

    private string InputText => model.Spec.TakesTokens ? "tokens" : "time × <see cref=\"InputSize\"/> floats";

    /// <summary>Whether there is an output for every time step of the input.</summary>
    private bool IsPerStep => model.Last.Output.Kind == TimeAxisKind.Source;

    /// <summary>Floats of the output, or of one step of it if there is one for every time step.</summary>
    private string OutputLength =>
        model.Last.Output.Kind == TimeAxisKind.Fixed ? $"{model.Last.Output.Count} * OutputSize" : "OutputSize";

    private string OutputText =>
        IsPerStep ? "time × <see cref=\"OutputSize\"/>"
        : model.Last.Output.Kind == TimeAxisKind.Fixed ? $"{model.Last.Output.Count} × <see cref=\"OutputSize\"/>"
        : "<see cref=\"OutputSize\"/>";

    private string Flag => IsPerStep ? "true" : "false";

    /// <param name="floats">The memory of a prediction, of a model that has sessions.</param>
    private string Allocates(int floats) =>
        !model.IsStreamable ? "Allocates nothing, but memory for a longer sequence than the thread has had before"
        : MemoryPlan.IsOnStack(floats) ? "Allocates nothing"
        : "Allocates nothing, but memory for the first prediction of a thread";

    private int SequenceLength => model.Sequence?.Length ?? 0;

    public void Emit()
    {
        EmitPredict();
        EmitPredictBatch();
        EmitLengths();
        if (!model.IsStreamable)
            return;
        writer.Line();
        writer.Summary("Starts a streaming prediction: one time step per call, with the state carried along.");
        writer.Line("public Session CreateSession() => new(this, null);");
        writer.Line();
        writer.Summary("Starts a streaming prediction with a state in memory that is given.");
        writer.Line("/// <param name=\"arena\">Where the state is taken from, <see cref=\"Memory.SessionBytes\"/>.</param>");
        writer.Line("/// <exception cref=\"global::System.ArgumentException\">The arena has too few bytes left.</exception>");
        using (writer.Block($"public Session CreateSession({ModelEmitter.Arena} arena)"))
        {
            writer.Line("global::System.ArgumentNullException.ThrowIfNull(arena);");
            writer.Line("return new(this, arena);");
        }
    }

    private void EmitPredict()
    {
        writer.Line();
        writer.Summary($"Predicts from one sequence. {Allocates(SequenceLength)}; may be called from many threads at once.");
        writer.Line(model.Spec.TakesTokens
            ? $"/// <param name=\"sequence\">Tokens, each at least 0 and less than {Vocabulary}, at least one.</param>"
            : "/// <param name=\"sequence\">time × <see cref=\"InputSize\"/> floats, at least one time step.</param>");
        writer.Line($"/// <param name=\"output\">{OutputText} floats, apart from the input.</param>");
        writer.Line("/// <exception cref=\"global::System.ArgumentException\">A length does not fit, or the spans overlap.</exception>");
        writer.Line(ModelEmitter.Optimize);
        using (writer.Block($"public void Predict({Inputs} sequence, {Results} output)"))
        {
            writer.Line($"var timeSteps = {Library}.Guard.Predict(sequence, output, InputSize, {OutputLength}, {Flag});");
            EmitFewestSteps(writer, model, "sequence");
            EmitTokenCheck("sequence");
            if (!model.IsStreamable)
            {
                EmitTapeLength();
                EmitWhole("sequence", "output", "0", "1");
            }
            else
            {
                EmitMemory(SequenceLength);
                ModelEmitter.EmitDispatch(
                    writer, model, "Predict",
                    "ref _packedWeights.Reference, ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(sequence), timeSteps, ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(output), ref memory");
            }
        }
    }

    /// <summary>Zeros for a prediction, on the stack if they are not too many.</summary>
    private void EmitMemory(int floats)
    {
        if (MemoryPlan.IsOnStack(floats))
        {
            writer.Line($"{Results} stack = stackalloc float[{floats} + {Library}.StackMemory.Slack];");
            writer.Line($"ref var memory = ref {Library}.StackMemory.Align(stack);");
        }
        else
        {
            writer.Line($"ref var memory = ref {Library}.ScratchMemory.GetZeros({floats});");
        }
    }

    /// <summary>The check of a model that needs several steps.</summary>
    public static void EmitFewestSteps(SourceWriter writer, ModelPlan model, string parameter)
    {
        if (model.FewestSteps > 1)
            writer.Line($"{Library}.Guard.FewestSteps(timeSteps, {model.FewestSteps}, nameof({parameter}));");
    }

    private int Vocabulary => model.Spec.Layers[0].Vocabulary;

    private void EmitTokenCheck(string tokens)
    {
        if (model.Spec.TakesTokens)
            writer.Line($"{Library}.Guard.Tokens({tokens}, {Vocabulary});");
    }

    /// <summary>Some sequences, from a row on, layer by layer.</summary>
    private void EmitWhole(string inputs, string outputs, string row, string rows)
    {
        writer.Line($"ref var tape = ref {Library}.ScratchMemory.Get({rows} * tapeLength);");
        var (x, y) = ($"global::System.Runtime.InteropServices.MemoryMarshal.GetReference({inputs})", $"global::System.Runtime.InteropServices.MemoryMarshal.GetReference({outputs})");
        if (row != "0")
            (x, y) = (
                $"global::System.Runtime.CompilerServices.Unsafe.Add(ref {x}, (nint){row} * timeSteps * InputSize)",
                $"global::System.Runtime.CompilerServices.Unsafe.Add(ref {y}, (nint){row} * {(IsPerStep ? "timeSteps * " : "")}{OutputLength})");
        ModelEmitter.EmitDispatch(writer, model, "PredictWhole", $"ref _packedWeights.Reference, ref {x}, timeSteps, ref {y}, ref tape, {rows}");
    }

    private void EmitBatchDocumentation(string? lengths)
    {
        writer.Line();
        writer.Summary(
            $"Predicts from several sequences of {(lengths is null ? "equal length" : "different lengths")}. {Allocates(lengths is null && model.IsStreamable ? model.BatchLength : SequenceLength)}; may be called from many threads at once.");
        writer.Line($"/// <param name=\"sequences\">batch × {InputText}{(lengths is null ? "" : "; what lies behind a sequence's end is not read")}.</param>");
        writer.Line($"/// <param name=\"timeSteps\">Time steps of {(lengths is null ? "each" : "the longest")} sequence, at least 1.</param>");
        if (lengths is not null)
            writer.Line($"/// <param name=\"lengths\">Time steps of each sequence, from {model.FewestSteps} to <paramref name=\"timeSteps\"/>.</param>");
        writer.Line(
            $"/// <param name=\"outputs\">batch × {OutputText} floats, apart from the input{(lengths is not null && IsPerStep ? "; zero behind a sequence's end" : "")}.</param>");
        writer.Line("/// <exception cref=\"global::System.ArgumentException\">A length does not fit, or the spans overlap.</exception>");
        writer.Line(ModelEmitter.Optimize);
    }

    private void EmitPredictBatch()
    {
        EmitBatchDocumentation(null);
        using (writer.Block($"public void PredictBatch({Inputs} sequences, int timeSteps, {Results} outputs)"))
        {
            writer.Line($"var rows = {Library}.Guard.PredictBatch(sequences, timeSteps, outputs, InputSize, {OutputLength}, {Flag});");
            EmitFewestSteps(writer, model, "timeSteps");
            EmitTokenCheck("sequences");
            if (!model.IsStreamable)
                EmitWholeRows();
            else if (PredictionEmitter.HasRows(model))
                EmitRows();
            else
                EmitEach("timeSteps");
        }
    }

    /// <summary>Some sequences at a time, as many as there is memory for.</summary>
    private void EmitWholeRows()
    {
        EmitTapeLength();
        writer.Line($"var chunk = {Library}.ScratchMemory.FitRows(tapeLength, {ModelPlan.MaxRowsPerChunk});");
        using (writer.Block("for (var row = 0; row < rows; row += chunk)"))
        {
            writer.Line("var count = int.Min(chunk, rows - row);");
            EmitWhole("sequences", "outputs", "row", "count");
        }
    }

    private void EmitTapeLength() => writer.Line($"var tapeLength = {PassText.Length(model.WholeTape!.Length, "L")};");

    private void EmitRows()
    {
        EmitMemory(model.BatchLength);
        writer.Line("ref var x = ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(sequences);");
        writer.Line("ref var y = ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(outputs);");
        using (writer.Block($"for (var row = 0; row < rows; row += {model.RowsPerChunk})"))
        {
            writer.Line($"var count = int.Min({model.RowsPerChunk}, rows - row);");
            ModelEmitter.EmitDispatch(
                writer, model, "PredictRows",
                "ref _packedWeights.Reference, ref global::System.Runtime.CompilerServices.Unsafe.Add(ref x, (nint)row * timeSteps * InputSize), timeSteps, " +
                $"ref global::System.Runtime.CompilerServices.Unsafe.Add(ref y, (nint)row * {(IsPerStep ? "timeSteps * " : "")}OutputSize), ref memory, count");
            writer.Line($"{Library}.RowOperations.Clear(ref memory, {model.BatchLength});");
        }
    }

    /// <summary>One sequence after the other.</summary>
    private void EmitEach(string length)
    {
        writer.Line($"var outputLength = {(IsPerStep ? "timeSteps * " : "")}{OutputLength};");
        using (writer.Block("for (var row = 0; row < rows; row++)"))
        {
            writer.Line("var output = outputs.Slice(row * outputLength, outputLength);");
            var sequence = $"sequences.Slice(row * timeSteps * InputSize, {length} * InputSize)";
            if (!IsPerStep || length == "timeSteps")
            {
                writer.Line($"Predict({sequence}, output);");
                return;
            }

            writer.Line($"Predict({sequence}, output[..({length} * OutputSize)]);");
            writer.Line($"output[({length} * OutputSize)..].Clear();");
        }
    }

    private void EmitLengths()
    {
        EmitBatchDocumentation("lengths");
        using (writer.Block($"public void PredictBatch({Inputs} sequences, int timeSteps, {Lengths} lengths, {Results} outputs)"))
        {
            writer.Line($"var rows = {Library}.Guard.PredictBatch(sequences, timeSteps, outputs, InputSize, {OutputLength}, {Flag});");
            writer.Line($"{Library}.Guard.Lengths(lengths, rows, timeSteps{(model.FewestSteps > 1 ? $", {model.FewestSteps}" : "")});");
            if (model.Spec.TakesTokens)
                writer.Line($"{Library}.Guard.Tokens(sequences, timeSteps, lengths, {Vocabulary});");
            EmitEach("lengths[row]");
        }
    }
}
