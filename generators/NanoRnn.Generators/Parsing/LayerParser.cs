using System.Globalization;
using Microsoft.CodeAnalysis;
using NanoRnn.Generators.Diagnostics;
using NanoRnn.Generators.Parsing.Cells;
using NanoRnn.Generators.Parsing.Functions;

namespace NanoRnn.Generators.Parsing;

/// <summary>Reads one layer's attribute and checks it by itself.</summary>
/// <param name="attribute">The attribute.</param>
/// <param name="kind">Which layer it names.</param>
/// <param name="model">The class that has it.</param>
/// <param name="compilation">Where the bodies of the user's functions are.</param>
/// <param name="diagnostics">Where mistakes go.</param>
internal sealed class LayerParser(
    AttributeData attribute, LayerKind kind, INamedTypeSymbol model, Compilation compilation, List<DiagnosticInfo> diagnostics)
{
    public const int MaxSize = 65536;

    private const int MaxPastSteps = 1 << 20;

    private const string NoBias = "there is no bias when UseBias is false";

    private readonly Location _location = LocationOf(attribute);

    /// <summary>Whether a function or cell that the attribute names could not be read, with or without a mistake of our own to report.</summary>
    public bool LacksFunction { get; private set; }

    /// <param name="names">Names that are taken; the layer's own is added.</param>
    public LayerSpec Parse(HashSet<string> names)
    {
        var layer = new LayerSpec(kind, ParseName(names));
        return kind switch
        {
            LayerKind.Dense => ParseDense(layer),
            LayerKind.Conv1D => ParseConvolution(ParseDense(layer)),
            LayerKind.MaxPooling1D or LayerKind.AveragePooling1D => ParsePooling(layer),
            LayerKind.Embedding => layer with
            {
                Vocabulary = Size(0, $"The vocabulary of '{layer.Name}'"),
                Units = Size(1, $"The number of dimensions of '{layer.Name}'"),
                MaskZero = Option("MaskZero", false),
            },
            LayerKind.RepeatVector => layer with { Count = Size(0, $"The number of steps of '{layer.Name}'") },
            LayerKind.Dropout => layer with { Dropout = Rate("The rate", layer.Name, (float)Argument(0, 0.0)) },
            LayerKind.LayerNormalization => layer with { Epsilon = ParseEpsilon(layer.Name) },
            LayerKind.BatchNormalization => layer with
            {
                Epsilon = ParseEpsilon(layer.Name),
                Momentum = Rate("Momentum", layer.Name, Number("Momentum", 0.99)),
                Scale = Option("Scale", true),
                Center = Option("Center", true),
            },
            LayerKind.Normalization or LayerKind.Denormalization => layer with
            {
                NormalizationKind = (NormalizationKind)Enumeration("Kind", layer.Name, 0, (int)NormalizationKind.MinMax, nameof(NormalizationKind)),
            },
            LayerKind.Masking => layer with { MaskValue = ParseMaskValue(layer.Name) },
            LayerKind.Activation => layer with { Activation = ParseActivation("The activation", layer.Name, Argument(0, 0)) },
            LayerKind.Lambda => layer with { ActivationMethod = ParseFunction(Argument(0, "")) },
            LayerKind.Slice => layer with { Start = Argument(0, 0), Units = Argument(1, 0) },
            LayerKind.ZeroPadding1D or LayerKind.ReflectionPadding1D => layer with
            {
                Before = Argument(0, 0), Behind = Argument(1, 0), Positions = SizeOption("Positions", layer.Name, 0),
            },
            LayerKind.GlobalMaxPooling1D or LayerKind.GlobalAveragePooling1D or LayerKind.PReLU => layer,
            LayerKind.Attention or LayerKind.AdditiveAttention => layer,
            LayerKind.Concatenate or LayerKind.Add or LayerKind.Subtract or LayerKind.Multiply or LayerKind.Average => CheckMerge(layer),
            LayerKind.Decoder => layer with { StartToken = Argument(0, 0), EndToken = Argument(1, 0), UseEncoderState = Option("UseEncoderState", true) },
            _ => ParseRecurrent(layer),
        };
    }

    /// <summary>The names of what the layer reads, each of them null where it is the layer above; null for that alone.</summary>
    public IReadOnlyList<string?>? InputNames =>
        kind is LayerKind.Attention or LayerKind.AdditiveAttention
            ? (IReadOnlyList<string?>)[Option<string?>("Input", null), Argument(0, ""), Option("Key", Argument(0, ""))]
        : attribute.ConstructorArguments.Any(argument => argument.Kind == TypedConstantKind.Array) ? NamesIn(attribute)
        : kind == LayerKind.Subtract ? [Argument(0, ""), Argument(1, "")]
        : Option<string?>("Input", null) is { } name ? [name]
        : null;

    /// <summary>The names that an attribute lists.</summary>
    public static IReadOnlyList<string> NamesIn(AttributeData attribute) =>
        [.. attribute.ConstructorArguments.Where(argument => !argument.IsNull).SelectMany(list => list.Values).Select(name => name.Value as string ?? "")];

    private LayerSpec CheckMerge(LayerSpec layer)
    {
        if (HasOption("Input"))
            DoesNotApply("Input", layer.Name, "it lists what it reads");
        return layer;
    }

    private LayerSpec ParseDense(LayerSpec layer)
    {
        layer = layer with
        {
            Units = Units(layer),
            UseBias = Option("UseBias", true),
            Weights = ParseWeights(layer.Name, Option("UseBias", true)),
            Activation = ParseActivation("Activation", layer.Name, Option("Activation", (int)ActivationKind.Linear)),
            ActivationMethod = ParseActivationMethod("Activation", layer.Name),
        };
        if (layer.Activation == ActivationKind.Softmax && layer.Units == 1)
            Report(DiagnosticDescriptors.SoftmaxOverOneUnit, layer.Name);
        return layer;
    }

    private LayerSpec ParseConvolution(LayerSpec layer)
    {
        layer = layer with
        {
            KernelSize = Size(1, $"The kernel size of '{layer.Name}'"),
            DilationRate = SizeOption("DilationRate", layer.Name, 1),
            Strides = SizeOption("Strides", layer.Name, 1),
            Groups = SizeOption("Groups", layer.Name, 1),
            Positions = SizeOption("Positions", layer.Name, 0),
            Padding = (Padding)Enumeration("Padding", layer.Name, (int)Padding.Valid, (int)Padding.Causal),
        };
        if ((layer.KernelSize - 1L) * layer.DilationRate is var past and > MaxPastSteps)
        {
            Report(
                DiagnosticDescriptors.SizeOutOfRange, $"The kernel size of '{layer.Name}' less one times its dilation rate",
                Text(MaxPastSteps), Text(past));
            layer = layer with { DilationRate = 1 };
        }

        if (layer.Strides > 1 && layer.DilationRate > 1)
            DoesNotApply("DilationRate", layer.Name, "Strides is greater than 1");
        if (layer is { Positions: > 0, Activation: ActivationKind.Softmax })
            DoesNotApply("Activation = Softmax", layer.Name, "its outputs are positions side by side, which a softmax would take as one");
        if (layer.Weights.Kernel.Initializer == Initializer.Identity)
            DoesNotApply("KernelInitializer = Identity", layer.Name, "it is for matrices, and the kernel has three axes");
        return layer;
    }

    private LayerSpec ParsePooling(LayerSpec layer)
    {
        var size = Size(0, $"The pool size of '{layer.Name}'");
        return layer with
        {
            KernelSize = size,
            Strides = SizeOption("Strides", layer.Name, size),
            Padding = (Padding)Enumeration("Padding", layer.Name, (int)Padding.Valid, (int)Padding.Causal),
        };
    }

    private LayerSpec ParseRecurrent(LayerSpec layer)
    {
        layer = layer with
        {
            Units = Units(layer),
            UseBias = Option("UseBias", true),
            Weights = ParseWeights(layer.Name, Option("UseBias", true)),
            Activation = ParseActivation("Activation", layer.Name, Option("Activation", (int)ActivationKind.Tanh)),
            RecurrentActivation = ParseActivation(
                "RecurrentActivation", layer.Name, Option("RecurrentActivation", (int)ActivationKind.Sigmoid)),
            ActivationMethod = ParseActivationMethod("Activation", layer.Name),
            RecurrentActivationMethod = ParseActivationMethod("RecurrentActivation", layer.Name),
            Cell = kind == LayerKind.CustomRnn && IsComplete(attribute) ? ParseCell() : null,
            ReturnSequences = Option("ReturnSequences", false),
            UnitForgetBias = Option("UnitForgetBias", true),
            ResetAfter = Option("ResetAfter", true),
            TrainableInitialState = Option("TrainableInitialState", false),
            GoBackwards = Option("GoBackwards", false),
            Direction = (DirectionKind)Enumeration("Direction", layer.Name, 0, (int)DirectionKind.Bidirectional),
            MergeMode = (MergeKind)Enumeration("MergeMode", layer.Name, 0, (int)MergeKind.Average),
            Dropout = Rate("Dropout", layer.Name, Number("Dropout", 0)),
            RecurrentDropout = Rate("RecurrentDropout", layer.Name, Number("RecurrentDropout", 0)),
        };
        if (!layer.UseBias && Option("UnitForgetBias", false))
            DoesNotApply("UnitForgetBias", layer.Name, NoBias);
        if (!layer.IsBidirectional && HasOption("MergeMode"))
            DoesNotApply("MergeMode", layer.Name, "it has one direction; set Direction = Direction.Bidirectional");
        if (layer.IsBidirectional && layer.GoBackwards)
            DoesNotApply("GoBackwards", layer.Name, "a bidirectional layer goes both ways");
        if (layer.RecurrentDropout > 0 && layer.Kind == LayerKind.Gru && !layer.ResetAfter)
            DoesNotApply("RecurrentDropout", layer.Name, "its candidate has a recurrent operand of its own when ResetAfter is false");
        return layer;
    }

    /// <summary>Whether the attribute is valid C#; when it is not, the compiler says so and its values mean nothing.</summary>
    public static bool IsComplete(AttributeData attribute) =>
        attribute.AttributeConstructor is not null
        && attribute.ConstructorArguments.All(HasValue)
        && attribute.NamedArguments.All(argument => HasValue(argument.Value))
        && attribute.ApplicationSyntaxReference?.GetSyntax().ContainsDiagnostics == false;

    private static bool HasValue(TypedConstant argument) =>
        argument.Kind != TypedConstantKind.Error && argument is not { Kind: TypedConstantKind.Type, Value: ITypeSymbol { TypeKind: TypeKind.Error } };

    public static Location LocationOf(AttributeData attribute) =>
        attribute.ApplicationSyntaxReference is { } reference
            ? Location.Create(reference.SyntaxTree, reference.Span)
            : Location.None;

    /// <summary>Messages are cached, so they must not depend on who compiles.</summary>
    public static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private string ParseName(HashSet<string> names)
    {
        var given = Option<string?>("Name", null);
        if (given is null)
        {
            var stem = SnakeCase.Of(kind.ToString());
            var name = stem;
            for (var i = 1; !names.Add(name); i++)
                name = $"{stem}_{i}";
            return name;
        }

        if (!IsIdentifier(given))
            Report(
                DiagnosticDescriptors.InvalidName, given, "use letters, digits and underscores, and begin with a letter");
        else if (given == ModelSpec.ModelInputName)
            Report(DiagnosticDescriptors.InvalidName, given, "it stands for the model's input");
        else if (!names.Add(given))
            Report(DiagnosticDescriptors.InvalidName, given, "another layer of this model has it");
        return given;
    }

    private static bool IsIdentifier(string name) =>
        name.Length > 0
        && name.All(c => c is '_' or (>= '0' and <= '9') or (>= 'a' and <= 'z') or (>= 'A' and <= 'Z'))
        && name[0] is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z');

    private ActivationKind ParseActivation(string option, string name, int value)
    {
        if (!Enum.IsDefined(typeof(ActivationKind), value))
        {
            Report(DiagnosticDescriptors.UnknownValue, option, Text(value), name, "Activation");
            return ActivationKind.Linear;
        }

        if ((ActivationKind)value == ActivationKind.Softmax && kind is not (LayerKind.Dense or LayerKind.Conv1D or LayerKind.Activation))
            Report(DiagnosticDescriptors.SoftmaxNotOnDense, option, name);
        return (ActivationKind)value;
    }

    /// <param name="type">Name of the option's enum, or null if it is the option's.</param>
    private int Enumeration(string option, string name, int @default, int maximum, string? type = null)
    {
        var value = Option(option, @default);
        if (value >= 0 && value <= maximum)
            return value;
        Report(DiagnosticDescriptors.UnknownValue, option, Text(value), name, type ?? option);
        return @default;
    }

    private UserFunction? ParseActivationMethod(string option, string name)
    {
        if (HasOption(option) && HasOption(option + "Method"))
            Report(DiagnosticDescriptors.ActivationTwice, name, option, option + "Method");
        return Option<string?>(option + "Method", null) is { } method ? ParseFunction(method) : null;
    }

    private UserFunction? ParseFunction(string method)
    {
        var function = FunctionParser.OfOne.Parse(model, method, compilation, _location, diagnostics);
        LacksFunction |= function is null;
        return function;
    }

    /// <summary>The cell that the first arguments name: a method, of the model or of a type before it.</summary>
    private CellSpec? ParseCell()
    {
        var arguments = attribute.ConstructorArguments;
        var type = arguments.Length == 3 && arguments[0].Value is INamedTypeSymbol given ? given.OriginalDefinition : model;
        var method = arguments[arguments.Length - 2].Value as string ?? "";
        var cell = CellParser.Parse(type, model, method, compilation, _location, diagnostics);
        LacksFunction |= cell is null;
        return cell;
    }

    private WeightsSpec ParseWeights(string name, bool useBias)
    {
        var weights = new WeightsSpec(
            ParseTensor("Kernel", name, WeightsSpec.Default.Kernel.Initializer),
            ParseTensor("Recurrent", name, WeightsSpec.Default.Recurrent.Initializer),
            ParseTensor("Bias", name, WeightsSpec.Default.Bias.Initializer));
        var (initializer, l1, l2) = weights.Bias;
        if (!useBias && initializer != Initializer.Zeros)
            DoesNotApply("BiasInitializer", name, NoBias);
        else if (!useBias && (l1 != 0 || l2 != 0))
            DoesNotApply(l1 != 0 ? "BiasL1" : "BiasL2", name, NoBias);
        else if (initializer is Initializer.Orthogonal or Initializer.Identity
            && !(kind == LayerKind.Gru && Option("ResetAfter", true)))
            DoesNotApply($"BiasInitializer = {initializer}", name, "it is for matrices, and the bias is a vector");
        return weights;
    }

    private TensorSpec ParseTensor(string tensor, string name, Initializer initializer) => new(
        (Initializer)Enumeration(tensor + "Initializer", name, (int)initializer, (int)Initializer.Ones, "Initializer"),
        ParsePenalty(tensor + "L1", name),
        ParsePenalty(tensor + "L2", name));

    private float ParsePenalty(string option, string name)
    {
        var value = Number(option, 0);
        if (value is >= 0 and < float.PositiveInfinity)
            return value;
        Report(DiagnosticDescriptors.NumberOutOfRange, option, name, "finite and not negative", Text(value));
        return 0;
    }

    private int Units(LayerSpec layer) => kind == LayerKind.Conv1D
        ? Size(0, $"The number of filters of '{layer.Name}'")
        : Size(Math.Max(0, attribute.ConstructorArguments.Length - 1), $"The number of units of '{layer.Name}'");

    private int Size(int argument, string what)
    {
        var size = Argument(argument, 0);
        if (size is < 1 or > MaxSize && IsComplete(attribute))
            Report(DiagnosticDescriptors.SizeOutOfRange, what, Text(MaxSize), Text(size));
        return size;
    }

    /// <summary>A number of steps; 0 stands for the default.</summary>
    private int SizeOption(string option, string name, int @default)
    {
        var size = HasOption(option) ? Option(option, 0) : @default;
        if (size is >= 1 and <= MaxSize || !HasOption(option))
            return size;
        Report(DiagnosticDescriptors.SizeOutOfRange, $"{option} of '{name}'", Text(MaxSize), Text(size));
        return @default;
    }

    private float Rate(string option, string name, float rate)
    {
        if (rate is >= 0 and < 1)
            return rate;
        Report(DiagnosticDescriptors.NumberOutOfRange, option, name, "at least 0 and less than 1", Text(rate));
        return 0;
    }

    private float ParseEpsilon(string name)
    {
        var epsilon = Number("Epsilon", 1e-3);
        if (epsilon is not (> 0 and < float.PositiveInfinity))
            Report(DiagnosticDescriptors.NumberOutOfRange, "Epsilon", name, "finite and positive", Text(epsilon));
        return epsilon;
    }

    private float ParseMaskValue(string name)
    {
        var value = Number("MaskValue", 0);
        if (float.IsNaN(value) || float.IsInfinity(value))
            Report(DiagnosticDescriptors.NumberOutOfRange, "MaskValue", name, "finite", Text(value));
        return value;
    }

    private T Argument<T>(int index, T @default) =>
        index < attribute.ConstructorArguments.Length && attribute.ConstructorArguments[index].Value is T value ? value : @default;

    private bool HasOption(string name) => attribute.NamedArguments.Any(argument => argument.Key == name);

    private T Option<T>(string name, T @default)
    {
        foreach (var argument in attribute.NamedArguments)
            if (argument.Key == name && argument.Value.Value is T value)
                return value;
        return @default;
    }

    /// <summary>A number, which a model has in single precision.</summary>
    private float Number(string name, double @default) => (float)Option(name, @default);

    private static string Text(float number) => number.ToString("R", CultureInfo.InvariantCulture);

    private void DoesNotApply(string option, string name, string reason) =>
        Report(DiagnosticDescriptors.OptionDoesNotApply, option, name, reason);

    private void Report(DiagnosticDescriptor descriptor, params string[] arguments) =>
        diagnostics.Add(DiagnosticInfo.Create(descriptor, _location, arguments));
}
