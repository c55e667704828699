using Microsoft.CodeAnalysis;
using NanoRnn.Generators.Diagnostics;

namespace NanoRnn.Generators.Parsing;

/// <summary>Reads what <c>[RnnModel]</c> says beside the input size.</summary>
internal sealed class ModelOptionsParser(AttributeData attribute, List<DiagnosticInfo> diagnostics)
{
    public ModelOptions Parse() => new(
        Size("TimeSteps", LayerParser.MaxSize),
        Size("BatchSize", LayerParser.MaxSize),
        Size("CheckpointSteps", LayerParser.MaxSize),
        Size("MemoryBudget", int.MaxValue),
        Find("Weights") as string,
        (PrecisionKind)(Find("Precision") as int? ?? 0));

    /// <summary>A number from 1 on, or 0 where it is not given.</summary>
    private int Size(string name, int largest)
    {
        if (Find(name) is not int size)
            return 0;
        if (size < 1 || size > largest)
            diagnostics.Add(DiagnosticInfo.Create(
                DiagnosticDescriptors.SizeOutOfRange,
                LayerParser.LocationOf(attribute),
                name,
                LayerParser.Text(largest),
                LayerParser.Text(size)));
        return size;
    }

    private object? Find(string name) => attribute.NamedArguments.FirstOrDefault(argument => argument.Key == name).Value.Value;
}
