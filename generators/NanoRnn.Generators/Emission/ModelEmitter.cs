using NanoRnn.Generators.Planning;

namespace NanoRnn.Generators.Emission;

/// <summary>The model's own file: an outline of the network, and the members that users see.</summary>
internal sealed class ModelEmitter
{
    private const string Library = "global::" + TypeEmitter.Library;
    private const string Generated = "[global::System.CodeDom.Compiler.GeneratedCode(\"NanoRnn\", \"0.1.0\")]";
    private const string Floats = "global::System.ReadOnlySpan<float>";
    private const string Results = "global::System.Span<float>";

    private readonly SourceWriter _writer = new();
    private readonly ModelPlan _model;

    private ModelEmitter(ModelPlan model) => _model = model;

    public static string Emit(ModelPlan model)
    {
        var emitter = new ModelEmitter(model);
        emitter.EmitFile();
        return emitter._writer.ToString();
    }

    private void EmitFile()
    {
        var type = _model.Spec.Type;
        TypeEmitter.EmitFileHeader(_writer, isNullable: true, "System.Runtime.CompilerServices", "System.Runtime.InteropServices", "System.Runtime.Intrinsics");
        OutlineEmitter.Emit(_writer, _model);
        TypeEmitter.EmitInside(
            _writer,
            type,
            $" : {Library}.IRnnModel<{type.Identifier}>",
            EmitMembers,
            () =>
            {
                var layers = _model.Layers.Select(layer => $"{layer.Spec.Name} ({layer.Spec.Kind}, {layer.Units})");
                _writer.Line($"/// <remarks>Layers: {string.Join(" → ", layers)}.</remarks>");
                _writer.Line(Generated);
            });
    }

    private void EmitMembers()
    {
        _writer.Summary("Features of one time step of the input.");
        _writer.Line($"public const int InputSize = {_model.InputSize};");
        _writer.Line();
        _writer.Summary(_model.ReturnsSequences ? "Features of one time step of the output." : "Features of the output.");
        _writer.Line($"public const int OutputSize = {_model.OutputSize};");
        _writer.Line();
        _writer.Summary("Number of trainable parameters.");
        _writer.Line($"public const int ParameterCount = {_model.ParameterCount};");
        _writer.Line();
        _writer.Line($"private readonly {Library}.AlignedBuffer _packedWeights;");
        _writer.Line();
        EmitConstruction();
        EmitPrediction();
        EmitFiles();
        EmitContract();
        EmitSession();
        new LayoutEmitter(_writer, _model).Emit();
    }

    private void EmitConstruction()
    {
        var name = _model.Spec.Type.ConstructorName;
        _writer.Summary("A model with random weights.");
        _writer.Line("/// <param name=\"seed\">Equal seeds give equal weights, on every machine.</param>");
        using (_writer.Block($"public {name}(int seed = 0)"))
        {
            _writer.Line($"_packedWeights = new {Library}.AlignedBuffer({_model.WeightLength});");
            _writer.Line($"{Library}.ModelInitializer.Initialize(Description.Layout, _packedWeights, seed);");
        }

        _writer.Line();
        _writer.Line($"private {name}({Library}.AlignedBuffer packedWeights) => _packedWeights = packedWeights;");
        _writer.Line();
        _writer.Summary("The layers with their shapes, parameters and bytes.");
        _writer.Line("public static global::NanoRnn.ModelSummary Summary => Description.Layout.Summary;");
        _writer.Line();
        _writer.Summary("The trainable tensors by name, in Keras's shapes.");
        _writer.Line("public global::NanoRnn.WeightCollection Weights => new(Description.Layout, _packedWeights);");
    }

    private void EmitPrediction()
    {
        var perStep = _model.ReturnsSequences ? "true" : "false";
        var outputs = _model.ReturnsSequences ? "time × <see cref=\"OutputSize\"/>" : "<see cref=\"OutputSize\"/>";
        _writer.Line();
        _writer.Summary("Predicts from one sequence. Allocates nothing; may be called from many threads at once.");
        _writer.Line("/// <param name=\"sequence\">time × <see cref=\"InputSize\"/> floats, at least one time step.</param>");
        _writer.Line($"/// <param name=\"output\">{outputs} floats, apart from the input.</param>");
        _writer.Line("/// <exception cref=\"global::System.ArgumentException\">A length does not fit, or the spans overlap.</exception>");
        _writer.Line(PassesEmitter.Optimize);
        using (_writer.Block($"public void Predict({Floats} sequence, {Results} output)"))
        {
            _writer.Line($"var timeSteps = {Library}.Guard.Predict(sequence, output, InputSize, OutputSize, {perStep});");
            _writer.Line($"{Results} memory = stackalloc float[{_model.Sequence.Length} + {Library}.StackMemory.Slack];");
            EmitDispatch(
                "Predict",
                "ref _packedWeights.Reference, ref MemoryMarshal.GetReference(sequence), timeSteps, " +
                $"ref MemoryMarshal.GetReference(output), ref {Library}.StackMemory.Align(memory)");
        }

        _writer.Line();
        _writer.Summary("Predicts from several sequences of equal length. Allocates nothing; may be called from many threads at once.");
        _writer.Line("/// <param name=\"sequences\">batch × time × <see cref=\"InputSize\"/> floats.</param>");
        _writer.Line("/// <param name=\"timeSteps\">Time steps of each sequence, at least 1.</param>");
        _writer.Line($"/// <param name=\"outputs\">batch × {outputs} floats, apart from the input.</param>");
        _writer.Line("/// <exception cref=\"global::System.ArgumentException\">A length does not fit, or the spans overlap.</exception>");
        _writer.Line(PassesEmitter.Optimize);
        using (_writer.Block($"public void PredictBatch({Floats} sequences, int timeSteps, {Results} outputs)"))
        {
            _writer.Line($"var rows = {Library}.Guard.PredictBatch(sequences, timeSteps, outputs, InputSize, OutputSize, {perStep});");
            _writer.Line($"{Results} memory = stackalloc float[{_model.MemoryLength * _model.RowsPerChunk} + {Library}.StackMemory.Slack];");
            _writer.Line("ref var x = ref MemoryMarshal.GetReference(sequences);");
            _writer.Line("ref var y = ref MemoryMarshal.GetReference(outputs);");
            using (_writer.Block($"for (var row = 0; row < rows; row += {_model.RowsPerChunk})"))
            {
                _writer.Line($"var count = int.Min({_model.RowsPerChunk}, rows - row);");
                EmitDispatch(
                    "PredictRows",
                    "ref _packedWeights.Reference, ref Unsafe.Add(ref x, (nint)row * timeSteps * InputSize), timeSteps, " +
                    $"ref Unsafe.Add(ref y, (nint)row * {(_model.ReturnsSequences ? "timeSteps * " : "")}OutputSize), ref {Library}.StackMemory.Align(memory), count");
                _writer.Line("memory.Clear();");
            }
        }

        _writer.Line();
        _writer.Summary("Starts a streaming prediction: one time step per call, with the state carried along.");
        _writer.Line("public Session CreateSession() => new(this);");
    }

    private void EmitFiles()
    {
        var identifier = _model.Spec.Type.Identifier;
        _writer.Line();
        _writer.Summary("Writes the weights as safetensors, atomically: a crash half-way leaves the old file.");
        _writer.Line("/// <param name=\"path\">The file.</param>");
        _writer.Line($"public void Save(string path) => {Library}.ModelStorage.Save(this, path);");
        _writer.Line();
        _writer.Summary("A model with the weights of a safetensors file.");
        _writer.Line("/// <param name=\"path\">The file.</param>");
        _writer.Line($"public static {identifier} Load(string path) => {Library}.ModelStorage.Load<{identifier}>(path);");
        _writer.Line();
        _writer.Summary("A model with the weights of a safetensors file in memory.");
        _writer.Line("/// <param name=\"file\">The file's bytes.</param>");
        _writer.Line($"public static {identifier} Load(global::System.ReadOnlySpan<byte> file) => {Library}.ModelStorage.Load<{identifier}>(file);");
    }

    private void EmitContract()
    {
        var identifier = _model.Spec.Type.Identifier;
        var contract = $"{Library}.IRnnModel<{identifier}>";
        var workspace = $"{Library}.TrainingWorkspace";
        var tape = _model.Tape;
        _writer.Line();
        _writer.Line($"static {Library}.ModelLayout {contract}.Layout => Description.Layout;");
        _writer.Line();
        _writer.Line($"static {identifier} {contract}.Create({Library}.AlignedBuffer weights) => new(weights);");
        _writer.Line();
        _writer.Line($"{Library}.AlignedBuffer {contract}.PackedWeights => _packedWeights;");
        _writer.Line();
        _writer.Line($"static long {contract}.GetTapeLength(int rows, int timeSteps) => rows * ({tape.PerStep}L * timeSteps + {tape.Fixed});");
        _writer.Line();
        using (_writer.Block($"static void {contract}.Transpose(ref readonly float weights, ref float transposed)"))
            EmitTranspositions();
        EmitContractMethod("Forward", "firstRow", "endRow");
        EmitContractMethod("Backward", "firstRow", "endRow");
        _writer.Line();
        _writer.Line($"static void {contract}.ComputeGradients({workspace} workspace, int firstPiece, int endPiece) =>");
        _writer.Line("    Passes.ComputeGradients(workspace, firstPiece, endPiece);");

        void EmitContractMethod(string name, string first, string end)
        {
            _writer.Line();
            using (_writer.Block($"static void {contract}.{name}({workspace} workspace, int {first}, int {end})"))
                EmitDispatch(name, $"workspace, {first}, {end}");
        }
    }

    private void EmitTranspositions()
    {
        foreach (var layer in _model.Layers)
            foreach (var stage in layer.Stages)
            {
                var (input, recurrent) = layer.TransposedOffsets[stage.Index];
                Emit(layer, stage.Input, input, layer.InputStride);
                Emit(layer, stage.Recurrent, recurrent, layer.Split.RowLength);
            }

        void Emit(LayerPlan layer, MapFeed feed, int offset, int columns)
        {
            if (offset >= 0)
                _writer.Line(
                    $"{Library}.Transposition.Run(in Unsafe.Add(ref Unsafe.AsRef(in weights), {layer.WeightOffset}), ref Unsafe.Add(ref transposed, {offset}), " +
                    $"units: {layer.Units}, slotsPerBlock: {layer.SlotsPerBlock}, firstSlot: {feed.Slot}, rows: {feed.Rows}, maps: {feed.MapCount}, columns: {columns});");
        }
    }

    private void EmitSession()
    {
        _writer.Line();
        _writer.Summary("A streaming prediction with its own state. Not for use by two threads at once.");
        using (_writer.Block("public sealed class Session : global::System.IDisposable"))
        {
            _writer.Line($"private readonly {Library}.AlignedBuffer _memory = new({_model.MemoryLength});");
            _writer.Line($"private {_model.Spec.Type.Identifier}? _model;");
            _writer.Line("private int _phase;");
            _writer.Line();
            _writer.Line($"internal Session({_model.Spec.Type.Identifier} model) => _model = model;");
            _writer.Line();
            _writer.Summary("Takes one time step and gives the output after it.");
            _writer.Line("/// <param name=\"x\"><see cref=\"InputSize\"/> floats.</param>");
            _writer.Line("/// <param name=\"y\"><see cref=\"OutputSize\"/> floats, apart from the input.</param>");
            _writer.Line(PassesEmitter.Optimize);
            using (_writer.Block($"public void Step({Floats} x, {Results} y)"))
            {
                _writer.Line($"{Library}.Guard.Step(x, y, InputSize, OutputSize);");
                _writer.Line("global::System.ObjectDisposedException.ThrowIf(_model is null, this);");
                EmitDispatch(
                    "Step",
                    "ref _model._packedWeights.Reference, ref MemoryMarshal.GetReference(x), ref MemoryMarshal.GetReference(y), " +
                    "ref _memory.Reference, _phase");
                _writer.Line("_phase = 1 - _phase;");
            }

            _writer.Line();
            _writer.Summary("Back to the zero state.");
            using (_writer.Block("public void Reset()"))
            {
                _writer.Line("_memory.Span.Clear();");
                _writer.Line("_phase = 0;");
            }

            _writer.Line();
            _writer.Summary("Ends the session.");
            _writer.Line("public void Dispose() => _model = null;");
        }

        _writer.Line();
    }

    /// <summary>A call to the kernels of the widest registers that the processor has; the JIT leaves only that one.</summary>
    private void EmitDispatch(string pass, string arguments)
    {
        var keyword = "if";
        foreach (var width in Width.Of(_model))
        {
            _writer.Line(width.Condition is null ? "else" : $"{keyword} ({width.Condition})");
            _writer.Line($"    Passes.{pass}<{width.Name}>({arguments});");
            keyword = "else if";
        }
    }
}
