using System.Reflection;
using Microsoft.CodeAnalysis;

namespace NanoRnn.Generators.Diagnostics;

/// <summary>Every diagnostic, each with a page in docs/diagnostics.</summary>
internal static class DiagnosticDescriptors
{
    /// <summary>The address that the build gives to the assembly, and the folder of the pages.</summary>
    private static readonly string HelpBase = typeof(DiagnosticDescriptors).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "RepositoryUrl")
        .Value + "/blob/main/docs/diagnostics/";

    public static readonly DiagnosticDescriptor ClassNotPartial = Error(
        "NRNN0001", "Model class is not partial", "'{0}' must be partial, so that the network can be generated into it");

    public static readonly DiagnosticDescriptor ContainerNotPartial = Error(
        "NRNN0002", "Containing type is not partial", "'{0}' contains the model '{1}' and must be partial too");

    public static readonly DiagnosticDescriptor NoLayers = Error(
        "NRNN0003", "Model has no layers", "'{0}' has no layers: add attributes such as [Lstm(50)] and [Dense(1)] below [RnnModel]");

    public static readonly DiagnosticDescriptor SizeOutOfRange = Error(
        "NRNN0004", "Size out of range", "{0} must be between 1 and {1}, but is {2}");

    public static readonly DiagnosticDescriptor RecurrentAfterLastState = Error(
        "NRNN0005",
        "Recurrent layer is fed by a last state",
        "'{0}' needs a sequence, but '{1}' before it returns {2}");

    public static readonly DiagnosticDescriptor LayersSpread = Error(
        "NRNN0006",
        "Layers are spread over several declarations",
        "'{0}' has layers on several partial declarations, which have no order: put all of them below [RnnModel]");

    public static readonly DiagnosticDescriptor OptionDoesNotApply = Error(
        "NRNN0007", "Option does not apply", "{0} does not apply to '{1}': {2}");

    public static readonly DiagnosticDescriptor SoftmaxNotOnDense = Error(
        "NRNN0008",
        "Softmax on a recurrent layer",
        "{0} = Softmax does not apply to '{1}': softmax works over all units, a cell's activations on each alone; use it on a Dense layer");

    public static readonly DiagnosticDescriptor UnsupportedClass = Error(
        "NRNN0009", "Class cannot be a model", "'{0}' cannot be a model: {1}");

    public static readonly DiagnosticDescriptor InvalidName = Error(
        "NRNN0010", "Layer name cannot be used", "'{0}' cannot be the name of a layer: {1}");

    public static readonly DiagnosticDescriptor UnknownValue = Error(
        "NRNN0011", "No such value", "{0} = {1} on '{2}' is not a member of NanoRnn.{3}");

    public static readonly DiagnosticDescriptor SoftmaxOverOneUnit = Warning(
        "NRNN0012",
        "Softmax over one unit",
        "'{0}' has one unit, and softmax over one unit is always 1: use Sigmoid, or one unit per class");

    public static readonly DiagnosticDescriptor ModelTooLarge = Error(
        "NRNN0013", "Model is too large", "'{0}' has {1} weights with padding, more than an array can hold");

    public static readonly DiagnosticDescriptor LayersWithoutModel = Error(
        "NRNN0014", "Layers without a model", "'{0}' has layers or losses but no [RnnModel] attribute, so nothing is generated for it");

    public static readonly DiagnosticDescriptor MemberCollides = Error(
        "NRNN0015", "Member collides with a generated one", "'{0}' cannot declare {1}: {2}");

    public static readonly DiagnosticDescriptor UnknownVectorWidth = Error(
        "NRNN0016",
        "No such vector width",
        "The project's property NanoRnnVectorWidths has '{0}': expected one or more of 128, 256 and 512, with commas between them");

    public static readonly DiagnosticDescriptor NotFirstLayer = Error(
        "NRNN0017", "Layer has to be the first", "'{0}' reads the input itself and has to be the first layer, but '{1}' stands before it");

    public static readonly DiagnosticDescriptor RepeatsSequence = Error(
        "NRNN0018", "A sequence cannot be repeated", "'{0}' repeats one vector, but what comes before it is a sequence{1}");

    public static readonly DiagnosticDescriptor NumberOutOfRange = Error(
        "NRNN0019", "Number out of range", "{0} of '{1}' must be {2}, but is {3}");

    public static readonly DiagnosticDescriptor ActivationTwice = Error(
        "NRNN0020", "Activation is given twice", "'{0}' has both {1} and {2}: set one of them");

    public static readonly DiagnosticDescriptor FunctionNotFound = Error(
        "NRNN0021", "Function not found", "Neither '{0}' nor a type it derives from or is nested in has a method '{1}'");

    public static readonly DiagnosticDescriptor NotAFunction = Error(
        "NRNN0022", "Not a function of one number", "'{0}' must be a static method that takes a float and returns a float: {1}");

    public static readonly DiagnosticDescriptor FunctionNotInProject = Error(
        "NRNN0023", "Function's source is not in the project", "'{0}' cannot be compiled: the source of '{1}' is not in this project");

    public static readonly DiagnosticDescriptor RecursiveFunction = Error(
        "NRNN0024", "Function calls itself", "'{0}' cannot be compiled: '{1}' calls itself, directly or through other methods");

    public static readonly DiagnosticDescriptor UnsupportedConstruct = Error(
        "NRNN0025", "Function contains what cannot be compiled", "'{0}' cannot be compiled: {1} cannot be a part of a function of numbers");

    public static readonly DiagnosticDescriptor FunctionTooLarge = Error(
        "NRNN0026", "Function is too large", "'{0}' cannot be compiled: it has more than {1} operations with those of the methods it calls");

    public static readonly DiagnosticDescriptor NotACell = Error(
        "NRNN0027", "Not a cell", "'{0}' must be a static method with [Cell] that takes a CellBuilder and returns a CellDefinition: {1}");

    public static readonly DiagnosticDescriptor UnsupportedInCell = Error(
        "NRNN0028", "Cell contains what cannot be compiled", "'{0}' cannot be compiled: {1} cannot be a part of a cell");

    public static readonly DiagnosticDescriptor InvalidCell = Error(
        "NRNN0029", "Cell cannot be computed", "'{0}' is no cell that can be computed: {1}");

    public static readonly DiagnosticDescriptor MaskWithoutState = Error(
        "NRNN0030", "Mask without a recurrent layer", "'{0}' skips steps, but no recurrent layer comes after it that could keep its state");

    public static readonly DiagnosticDescriptor InvalidDecoder = Error(
        "NRNN0031", "Decoder does not fit", "The decoder of '{0}' {1}");

    public static readonly DiagnosticDescriptor WeightsNotFound = Error(
        "NRNN0035", "Weights are not found", "The weights of '{0}' are not found: {1}");

    public static readonly DiagnosticDescriptor WeightsDamaged = Error(
        "NRNN0036", "Weights are damaged", "The weights of '{0}' are damaged: {1}");

    public static readonly DiagnosticDescriptor WeightsDoNotFit = Error(
        "NRNN0037", "Weights do not fit the model", "The weights of '{0}' do not fit it: {1}");
    public static readonly DiagnosticDescriptor OverBudget = Error(
        "NRNN0032",
        "Model needs more memory than its budget",
        "'{0}' needs {1} bytes for {2}, {3} more than its MemoryBudget of {4}: {5}. What would fit: {6}.");

    public static readonly DiagnosticDescriptor MemoryUnknown = Error(
        "NRNN0033", "Memory cannot be known", "{0} needs {1} beside it: {2}");

    public static readonly DiagnosticDescriptor NoCheckpoints = Error(
        "NRNN0034", "Steps cannot be computed again", "CheckpointSteps does not apply to '{0}': '{1}' {2}, so its steps are not one range after the other");
    public static readonly DiagnosticDescriptor NothingReduced = Warning(
        "NRNN0038",
        "Precision has no effect",
        "'{0}' has no weights that could be stored as {1}: kernels of SimpleRnn, Lstm, Gru and Dense are, but for a Dense layer with up to 4 units");

    public static readonly DiagnosticDescriptor SequenceTooLarge = Error(
        "NRNN0045",
        "Sequence is too large",
        "'{0}' is too large: its {1} takes {2} floats for one step of one sequence, more than the {3} that one buffer can have");

    public static readonly DiagnosticDescriptor BatchTooLarge = Error(
        "NRNN0046",
        "Batch is too large",
        "'{0}' cannot be trained with BatchSize = {1} and TimeSteps = {2}: its {3} would take {4} bytes, more than the {5} that one buffer can have");

    public static readonly DiagnosticDescriptor InternalError = Error(
        "NRNN0050",
        "Fault of the generator",
        "'{0}' could not be generated, which is a fault of NanoRnn's. Please report it with the class: {1} stopped with {2}: {3}.");

    public static readonly DiagnosticDescriptor UnseenValue = Error(
        "NRNN0051",
        "Value is not known to the generator",
        "'{0}' needs a value that the generator does not see: {1}. It sees the project's own constants and those of its other models, not those that other generators make.");

    public static readonly DiagnosticDescriptor CircularModels = Error(
        "NRNN0052", "Models need each other", "'{0}' needs a constant of '{1}', which is generated from one of '{0}'");

    public static readonly DiagnosticDescriptor LanguageTooLow = Error(
        "NRNN0053", "Version of C# is too low", "'{0}' needs C# {1} or higher, but the project's LangVersion is {2}");

    public static readonly DiagnosticDescriptor LayersCannotBeTaken = Error(
        "NRNN0054", "Layers cannot be taken", "'{0}' cannot take the layers of '{1}': {2}");

    public static readonly DiagnosticDescriptor NotALoss = Error(
        "NRNN0055",
        "Not a loss",
        "'{0}' must be a static method that takes two floats, prediction and target, and returns a float: {1}");

    public static readonly DiagnosticDescriptor LossWithoutSlope = Error(
        "NRNN0056",
        "Loss has no slope",
        "'{0}' cannot be minimised: its value does not depend on the prediction, or only by choosing between branches, so its derivative is zero everywhere");

    public static readonly DiagnosticDescriptor InvalidLossName = Error(
        "NRNN0057", "Loss cannot have its name", "'{0}.Losses' cannot have the loss '{1}': {2}");

    public static readonly DiagnosticDescriptor NormalizationNotFirst = Error(
        "NRNN0060",
        "Normalization has to be the first layer",
        "'{0}' takes the model's input and has to be the first layer, or the one behind [Masking], but '{1}' stands before it; within a model use [LayerNormalization]");

    public static readonly DiagnosticDescriptor DenormalizationNotLast = Error(
        "NRNN0061", "Denormalization has to be the last layer", "'{0}' gives the model's output and has to be the last layer, but '{1}' stands behind it");

    public static readonly DiagnosticDescriptor DenormalizedClasses = Error(
        "NRNN0062", "Classes have no units", "'{0}' scales the outputs of '{1}', which are probabilities of classes: leave it out, or the softmax");

    public static readonly DiagnosticDescriptor InputNotFound = Error(
        "NRNN0063", "Input is not found", "'{0}' cannot read '{1}': {2}");

    public static readonly DiagnosticDescriptor InputNotAbove = Error(
        "NRNN0064", "Input does not stand above", "'{0}' cannot read '{1}': {2}. A layer reads what stands above it.");

    public static readonly DiagnosticDescriptor SizesDiffer = Error(
        "NRNN0065", "Sizes differ", "'{0}' works feature by feature, but '{1}' has {2} and '{3}' has {4}");

    public static readonly DiagnosticDescriptor StepsDiffer = Error(
        "NRNN0066", "Time axes differ", "'{0}' puts together '{1}', which has an output {2}, and '{3}', which has one {4}");

    public static readonly DiagnosticDescriptor LayerUnused = Error(
        "NRNN0067", "Layer is not used", "Nothing reads '{0}': name it as the Input of a layer below, in a merge or in [Output], or leave it out");

    public static readonly DiagnosticDescriptor InvalidOutput = Error(
        "NRNN0068", "Outputs do not fit", "The [Output] of '{0}' {1}");

    public static readonly DiagnosticDescriptor SliceOutOfRange = Error(
        "NRNN0069", "Slice is out of range", "'{0}' takes {1} features from the one with number {2} on, but '{3}' has {4}: at least 1 from 0 on");

    public static readonly DiagnosticDescriptor TooFewInputs = Error(
        "NRNN0070", "Too few inputs", "'{0}' needs the names of two or more layers, such as \"input\" and that of the layer above");

    public static readonly DiagnosticDescriptor WindowsUnderMask = Error(
        "NRNN0071",
        "Steps that lie side by side may be skipped",
        "'{0}' puts steps that lie side by side together, but '{1}' skips some of them: leave {2} out, and give sequences of different lengths their lengths");

    public static readonly DiagnosticDescriptor OutputHasOwnSteps = Error(
        "NRNN0072",
        "Output has steps of its own",
        "'{0}' gives one output for each of the windows of '{1}', and no longer one for each time step: end with one for the sequence, or use Padding.Same or Padding.Causal with Strides = 1");

    public static readonly DiagnosticDescriptor CannotAttend = Error(
        "NRNN0073", "Cannot attend", "'{0}' needs the steps of a layer, which '{1}' does not give: {2}");

    public static readonly DiagnosticDescriptor DoesNotDivide = Error(
        "NRNN0074", "Number does not divide another", "'{0}' cannot divide the {2} {3} of '{1}' into {4} {5}: choose a number that divides {2}");

    private static DiagnosticDescriptor Warning(string id, string title, string message) => new(
        id, title, message, "NanoRnn", DiagnosticSeverity.Warning, isEnabledByDefault: true, helpLinkUri: HelpBase + id + ".md");

    private static DiagnosticDescriptor Error(string id, string title, string message) => new(
        id, title, message, "NanoRnn", DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: HelpBase + id + ".md");
}
