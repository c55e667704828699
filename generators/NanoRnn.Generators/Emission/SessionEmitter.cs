using NanoRnn.Generators.Planning;

namespace NanoRnn.Generators.Emission;

/// <summary>The nested class that predicts from a stream.</summary>
internal sealed class SessionEmitter(SourceWriter writer, ModelPlan model)
{
    private const string Library = ModelEmitter.Library;

    public void Emit()
    {
        writer.Line();
        writer.Summary("A streaming prediction with its own state. Not for use by two threads at once. Once disposed it refuses every call.");
        using (writer.Block("public sealed class Session : global::System.IDisposable"))
        {
            writer.Summary("Floats of the state: layer by layer the output, then what else the layer carries.");
            writer.Line($"public const int StateSize = {States().Sum(state => state.Units)};");
            writer.Line();
            writer.Line($"private readonly {Library}.AlignedBuffer _memory;");
            writer.Line($"private {model.Spec.Type.Identifier}? _model;");
            writer.Line("private int _phase;");
            writer.Line();
            using (writer.Block($"internal Session({model.Spec.Type.Identifier} model, {ModelEmitter.Arena}? arena)"))
            {
                writer.Line("_model = model;");
                writer.Line($"_memory = new {Library}.AlignedBuffer({model.MemoryLength}, arena);");
                EmitStart();
            }

            EmitStep();
            EmitPredict();
            EmitState(gets: true);
            EmitState(gets: false);
            writer.Line();
            writer.Summary(model.StartsAtWeights ? "Back to the state before the first step, which is the model's weights." : "Back to the zero state.");
            EmitDisposed();
            using (writer.Block("public void Reset()"))
            {
                EmitDisposedCheck();
                writer.Line("_memory.Span.Clear();");
                writer.Line("_phase = 0;");
                EmitStart();
            }

            writer.Line();
            writer.Summary("Ends the session.");
            writer.Line("public void Dispose() => _model = null;");
        }
    }

    private void EmitStart()
    {
        if (model.StartsAtWeights)
            writer.Line($"{TypeEmitter.Network(model.Spec.Type)}.Passes.Start(ref _model._packedWeights.Reference, ref _memory.Reference);");
    }

    private void EmitStep()
    {
        var takesTokens = model.Spec.TakesTokens;
        writer.Line();
        writer.Summary("Takes one time step and gives the output after it.");
        writer.Line(takesTokens
            ? $"/// <param name=\"x\">One token, at least 0 and less than {model.Spec.Layers[0].Vocabulary}.</param>"
            : "/// <param name=\"x\"><see cref=\"InputSize\"/> floats.</param>");
        writer.Line("/// <param name=\"y\"><see cref=\"OutputSize\"/> floats, apart from the input.</param>");
        writer.Line("/// <exception cref=\"global::System.ArgumentException\">A length does not fit, the spans overlap, or a token is none.</exception>");
        EmitDisposed();
        writer.Line(ModelEmitter.Optimize);
        using (writer.Block($"public void Step(global::System.ReadOnlySpan<{(takesTokens ? "int" : "float")}> x, global::System.Span<float> y)"))
        {
            EmitDisposedCheck();
            writer.Line($"{Library}.Guard.Step(x, y, InputSize, OutputSize);");
            if (takesTokens)
                writer.Line($"var token = {Library}.Guard.Token(x, {model.Spec.Layers[0].Vocabulary});");
            ModelEmitter.EmitDispatch(
                writer, model, "Step",
                $"ref _model._packedWeights.Reference, {(takesTokens ? "token" : "ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(x)")}, ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(y), " +
                "ref _memory.Reference, _phase");
            writer.Line("_phase = 1 - _phase;");
        }
    }

    private void EmitPredict()
    {
        var (takesTokens, perStep) = (model.Spec.TakesTokens, model.ReturnsSequences);
        writer.Line();
        writer.Summary("Takes the time steps of a sequence and gives what <c>Predict</c> gives, going on from the state that is there.");
        writer.Line($"/// <param name=\"sequence\">{(takesTokens ? "Tokens, at least one" : "time × <see cref=\"InputSize\"/> floats, at least one time step")}.</param>");
        writer.Line($"/// <param name=\"output\">{(perStep ? "time × " : "")}<see cref=\"OutputSize\"/> floats, apart from the input.</param>");
        writer.Line("/// <exception cref=\"global::System.ArgumentException\">A length does not fit, the spans overlap, or a token is none.</exception>");
        EmitDisposed();
        using (writer.Block($"public void Predict(global::System.ReadOnlySpan<{(takesTokens ? "int" : "float")}> sequence, global::System.Span<float> output)"))
        {
            EmitDisposedCheck();
            writer.Line($"var timeSteps = {Library}.Guard.Predict(sequence, output, InputSize, OutputSize, {(perStep ? "true" : "false")});");
            if (takesTokens)
                writer.Line($"{Library}.Guard.Tokens(sequence, {model.Spec.Layers[0].Vocabulary});");
            using (writer.Block("for (var t = 0; t < timeSteps; t++)"))
                writer.Line($"Step(sequence.Slice(t * InputSize, InputSize), {(perStep ? "output.Slice(t * OutputSize, OutputSize)" : "output")});");
        }
    }

    private void EmitState(bool gets)
    {
        writer.Line();
        writer.Summary(gets ? "Copies the state after the steps so far." : "Goes on from a state, as if the steps that led to it had been taken.");
        writer.Line("/// <param name=\"state\"><see cref=\"StateSize\"/> floats.</param>");
        writer.Line("/// <exception cref=\"global::System.ArgumentException\">The length is another.</exception>");
        EmitDisposed();
        using (writer.Block(gets ? "public void GetState(global::System.Span<float> state)" : "public void SetState(global::System.ReadOnlySpan<float> state)"))
        {
            EmitDisposedCheck();
            writer.Line($"{Library}.Guard.State(state, StateSize);");
            writer.Line("var memory = _memory.Span;");
            var start = 0;
            foreach (var (place, units) in States())
            {
                var (inside, outside) = ($"memory.Slice({place}, {units})", $"state.Slice({start}, {units})");
                writer.Line(gets ? $"{inside}.CopyTo({outside});" : $"{outside}.CopyTo({inside});");
                start += units;
            }
        }
    }

    private void EmitDisposed() =>
        writer.Line("/// <exception cref=\"global::System.ObjectDisposedException\">The session has been disposed.</exception>");

    private void EmitDisposedCheck() => writer.Line("global::System.ObjectDisposedException.ThrowIf(_model is null, this);");

    /// <summary>The states of all layers, each with its place in the session's memory and its length.</summary>
    private IEnumerable<(string Place, int Units)> States()
    {
        foreach (var window in model.StreamLayers.OfType<WindowPlan>())
            yield return (window.MemoryOffset.ToString(), window.RingLength);
        foreach (var layer in model.Cells)
            for (var i = 0; i < layer.Cell.States.Count; i++)
                yield return (
                    i > 0 ? (layer.MemoryOffset + (i - 1) * layer.Split.RowLength).ToString()
                    : $"_phase * {model.PhaseLength}" + (layer.PhaseOffset > 0 ? " + " + layer.PhaseOffset : ""),
                    layer.Units);
    }
}
