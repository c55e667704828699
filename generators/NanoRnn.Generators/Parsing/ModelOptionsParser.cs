using Microsoft.CodeAnalysis;
using NanoRnn.Generators.Diagnostics;

namespace NanoRnn.Generators.Parsing;

/// <summary>Reads what <c>[RnnModel]</c> says beside the input size.</summary>
internal sealed class ModelOptionsParser(string model, AttributeData attribute, List<DiagnosticInfo> diagnostics)
{
    public ModelOptions Parse()
    {
        var timeSteps = Size("TimeSteps", LayerParser.MaxSize);
        return new(
            timeSteps,
            Size("BatchSize", LayerParser.MaxSize),
            Size("TargetSteps", LayerParser.MaxSize),
            Size("CheckpointSteps", timeSteps < 1 ? LayerParser.MaxSize : timeSteps),
            Size("MemoryBudget", int.MaxValue),
            Find("Weights") as string,
            ParsePrecision());
    }

    /// <summary>Whether all is there that the memory of training depends on.</summary>
    public void CheckTraining(ModelOptions options, IReadOnlyList<LayerSpec> layers)
    {
        var hasDecoder = layers.Any(layer => layer.Kind == LayerKind.Decoder);
        if (!hasDecoder && Has("TargetSteps"))
            Report(DiagnosticDescriptors.OptionDoesNotApply, "TargetSteps", "RnnModel", "it is the length of a decoder's targets, and there is no decoder");
        string[] needed = hasDecoder ? ["TimeSteps", "BatchSize", "TargetSteps"] : ["TimeSteps", "BatchSize"];
        var given = (options.Precision == PrecisionKind.Float32 ? needed.Append("CheckpointSteps") : needed).FirstOrDefault(Has);
        if (given is not null && needed.FirstOrDefault(name => !Has(name)) is { } missing)
            Report(DiagnosticDescriptors.MemoryUnknown, given, missing, "the memory of training depends on both");
    }

    /// <summary>A number from 1 on, or 0 where it is not given.</summary>
    private int Size(string name, int largest)
    {
        if (Find(name) is not int size)
            return 0;
        if (size < 1 || size > largest)
            Report(DiagnosticDescriptors.SizeOutOfRange, name, LayerParser.Text(largest), LayerParser.Text(size));
        return size;
    }

    private PrecisionKind ParsePrecision()
    {
        var precision = (PrecisionKind)(Find("Precision") as int? ?? 0);
        if (!Enum.IsDefined(typeof(PrecisionKind), precision))
            Report(DiagnosticDescriptors.UnknownValue, "Precision", LayerParser.Text((int)precision), model, "Precision");
        else if (precision != PrecisionKind.Float32 && Has("CheckpointSteps"))
            Report(
                DiagnosticDescriptors.OptionDoesNotApply, "CheckpointSteps", model, $"weights of {precision} are for prediction only");
        return precision;
    }

    private bool Has(string name) => Find(name) is not null;

    private object? Find(string name) => attribute.NamedArguments.FirstOrDefault(argument => argument.Key == name).Value.Value;

    private void Report(DiagnosticDescriptor descriptor, params string[] arguments) =>
        diagnostics.Add(DiagnosticInfo.Create(descriptor, LayerParser.LocationOf(attribute), arguments));
}
