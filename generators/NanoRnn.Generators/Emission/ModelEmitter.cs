using NanoRnn.Generators.Parsing;
using NanoRnn.Generators.Planning;

namespace NanoRnn.Generators.Emission;

/// <summary>The model's own file: an outline of the network, and the members that users see.</summary>
internal sealed class ModelEmitter
{
    public const string Library = "global::" + TypeEmitter.Library;

    public const string Arena = "global::NanoRnn.MemoryArena";

    /// <summary>For a member that calls a pass; see <see cref="PassesEmitter.Optimize"/>.</summary>
    public const string Optimize =
        "[global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization | " +
        "global::System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]";

    private static readonly string Generated =
        $"[global::System.CodeDom.Compiler.GeneratedCode(\"NanoRnn\", \"{typeof(ModelEmitter).Assembly.GetName().Version.ToString(3)}\")]";

    private readonly SourceWriter _writer = new();
    private readonly ModelPlan _model;

    private ModelEmitter(ModelPlan model) => _model = model;

    public static string Emit(ModelPlan model)
    {
        var emitter = new ModelEmitter(model);
        emitter.EmitFile();
        return emitter._writer.ToString();
    }

    /// <summary>A call to the kernels of the widest registers that the processor has; the JIT leaves only that one.</summary>
    public static void EmitDispatch(SourceWriter writer, ModelPlan model, string pass, string arguments)
    {
        var (keyword, network) = ("if", TypeEmitter.Network(model.Spec.Type));
        foreach (var width in Width.Of(model))
        {
            writer.Line(width.Condition is null ? "else" : $"{keyword} (global::System.Runtime.Intrinsics.{width.Condition})");
            writer.Line($"    {network}.Passes.{pass}<{network}.{width.Name}>({arguments});");
            keyword = "else if";
        }
    }

    private void EmitFile()
    {
        var type = _model.Spec.Type;
        TypeEmitter.EmitFileHeader(_writer, isNullable: true);
        OutlineEmitter.Emit(_writer, _model);
        TypeEmitter.EmitInside(
            _writer,
            type,
            " : " + string.Join(", ", Contracts()),
            EmitMembers,
            () =>
            {
                _writer.Line($"/// <remarks>Layers: {string.Join(" → ", _model.Spec.Layers.Select(LayerText))}.</remarks>");
                _writer.Line(Generated);
            });
    }

    /// <summary>A layer, and what it reads if that is not the one before it.</summary>
    private string LayerText(LayerSpec layer, int number) =>
        $"{layer.Name} ({layer.Kind}{(layer.Units > 0 ? ", " + layer.Units : "")}{(layer.ReadsAbove(number) ? "" : " of " + string.Join(", ", layer.Inputs.Select(_model.Spec.NameOf)))})";

    private IEnumerable<string> Contracts()
    {
        var identifier = _model.Spec.Type.Identifier;
        yield return $"{Library}.{(_model.IsTrainable ? "IRnnModel" : "IPackedModel")}<{identifier}>";
        yield return _model.HasDecoder
            ? $"{Library}.IDecoderModel<{identifier}>"
            : $"global::NanoRnn.ISequencePredictor<{(_model.Spec.TakesTokens ? "int" : "float")}>";
    }

    private void EmitMembers()
    {
        _writer.Summary(_model.Spec.TakesTokens ? "Tokens of one time step of the input." : "Features of one time step of the input.");
        _writer.Line($"public const int InputSize = {_model.InputSize};");
        _writer.Line();
        _writer.Summary(
            _model.HasDecoder ? "Tokens that the decoder chooses from."
            : _model.ReturnsSequences ? "Features of one time step of the output."
            : "Features of the output.");
        _writer.Line($"public const int OutputSize = {_model.OutputSize};");
        _writer.Line();
        _writer.Summary("Number of parameters.");
        _writer.Line($"public const int ParameterCount = {_model.ParameterCount};");
        _writer.Line();
        _writer.Line($"private readonly {Library}.AlignedBuffer _packedWeights;");
        _writer.Line();
        EmitConstruction();
        if (_model.HasDecoder)
            new DecoderMembersEmitter(_writer, _model).Emit();
        else
            new PredictionMembersEmitter(_writer, _model).Emit();
        if (_model.IsTrainable)
            new AdaptEmitter(_writer, _model).Emit();
        EmitFiles();
        new ContractEmitter(_writer, _model).Emit();
        new MemoryEmitter(_writer, _model).Emit();
        if (_model.IsStreamable)
            new SessionEmitter(_writer, _model).Emit();
        if (_model.Losses.Count > 0)
            LossEmitter.EmitMembers(_writer, _model);
        EmitOutputs();
        _writer.Line();
        new LayoutEmitter(_writer, _model).Emit();
    }

    private void EmitOutputs()
    {
        if (_model.Outputs.Count == 0)
            return;
        _writer.Line();
        _writer.Summary("Where each output lies in those of a step, and in its target.");
        using (_writer.Block($"public static class {MemberParser.Outputs}"))
            foreach (var (name, start, length, _) in _model.Outputs)
            {
                _writer.Line();
                _writer.Summary($"{length} features of '{name}'.");
                _writer.Line($"public static global::System.Range {SnakeCase.ToPascalCase(name)} => new({start}, {start + length});");
            }
    }

    private void EmitConstruction()
    {
        var name = _model.Spec.Type.ConstructorName;
        if (_model.IsTrainable)
        {
            _writer.Summary("A model with random weights.");
            _writer.Line("/// <param name=\"seed\">Equal seeds give equal weights, on every machine.</param>");
            using (_writer.Block($"public {name}(int seed = 0)"))
            {
                _writer.Line($"_packedWeights = new {Library}.AlignedBuffer({_model.WeightLength});");
                _writer.Line($"{Library}.ModelInitializer.Initialize(Description.Layout, _packedWeights, seed);");
            }

            _writer.Line();
            _writer.Summary("A model with random weights, in memory that is given.");
            _writer.Line("/// <param name=\"arena\">Where the weights are taken from, <see cref=\"Memory.WeightBytes\"/>.</param>");
            _writer.Line("/// <param name=\"seed\">Equal seeds give equal weights, on every machine.</param>");
            _writer.Line("/// <exception cref=\"global::System.ArgumentException\">The arena has too few bytes left.</exception>");
            using (_writer.Block($"public {name}({Arena} arena, int seed = 0)"))
            {
                _writer.Line("global::System.ArgumentNullException.ThrowIfNull(arena);");
                _writer.Line($"_packedWeights = new {Library}.AlignedBuffer({_model.WeightLength}, arena);");
                _writer.Line($"{Library}.ModelInitializer.Initialize(Description.Layout, _packedWeights, seed);");
            }

            _writer.Line();
        }

        _writer.Line($"private {name}({Library}.AlignedBuffer packedWeights) => _packedWeights = packedWeights;");
        _writer.Line();
        _writer.Summary("The layers with their shapes, parameters and bytes.");
        _writer.Line("public static global::NanoRnn.ModelSummary Summary => Description.Table.Summary;");
        _writer.Line();
        _writer.Summary(_model.IsTrainable
            ? "The tensors by name, in Keras's shapes."
            : $"The tensors by name, in Keras's shapes, to be read: kernels as {_model.Precision} holds them.");
        _writer.Line("public global::NanoRnn.WeightCollection Weights => new(Description.Layout, _packedWeights);");
    }

    private void EmitFiles()
    {
        var identifier = _model.Spec.Type.Identifier;
        _writer.Line();
        _writer.Summary("Writes the weights as safetensors, atomically: a crash half-way leaves the old file.");
        _writer.Line("/// <param name=\"path\">The file.</param>");
        _writer.Line($"public void Save(string path) => {Library}.ModelStorage.Save(this, path);");
        _writer.Line();
        _writer.Summary("Writes the weights as safetensors to a stream.");
        _writer.Line("/// <param name=\"stream\">The stream, which stays open.</param>");
        _writer.Line($"public void Save(global::System.IO.Stream stream) => {Library}.ModelStorage.Save(this, stream);");
        _writer.Line();
        _writer.Summary("The bytes of a safetensors file with the weights.");
        _writer.Line($"public byte[] ToBytes() => {Library}.ModelStorage.ToBytes(this);");
        _writer.Line();
        EmitLoad("A model with the weights of a safetensors file", "path", "The file.", "string");
        _writer.Line();
        EmitLoad("A model with the weights of a safetensors file that a stream holds, which is read and nothing behind it", "stream", "The stream, which stays open.", "global::System.IO.Stream");
        _writer.Line();
        EmitLoad("A model with the weights of a safetensors file in memory", "file", "The file's bytes.", "global::System.ReadOnlySpan<byte>");
        if (_model.IsTrainable)
            return;
        _writer.Line();
        _writer.Summary($"A model with the weights of another one with the same layers, kernels rounded to {_model.Precision}.");
        _writer.Line("/// <param name=\"weights\">Tensors with this model's names and shapes, of a model with the same layers.</param>");
        _writer.Line("/// <exception cref=\"global::System.ArgumentException\">The layers or tensors are others, or a weight is not finite or too large.</exception>");
        _writer.Line($"public static {identifier} From(global::NanoRnn.WeightCollection weights) => {Library}.ModelStorage.Convert<{identifier}>(weights);");

        void EmitLoad(string summary, string source, string sourceText, string type)
        {
            _writer.Summary(summary + ".");
            _writer.Line($"/// <param name=\"{source}\">{sourceText}</param>");
            _writer.Line($"public static {identifier} Load({type} {source}) => {Library}.ModelStorage.Load<{identifier}>({source});");
            _writer.Line();
            _writer.Summary(summary + ", in memory that is given.");
            _writer.Line($"/// <param name=\"{source}\">{sourceText}</param>");
            _writer.Line("/// <param name=\"arena\">Where the weights are taken from, <see cref=\"Memory.WeightBytes\"/>.</param>");
            _writer.Line($"public static {identifier} Load({type} {source}, {Arena} arena) => {Library}.ModelStorage.Load<{identifier}>({source}, arena);");
        }
    }
}
