using System.Runtime.InteropServices;
using Microsoft.CodeAnalysis;
using NanoRnn.Generators.Diagnostics;
using NanoRnn.Generators.Parsing;
using NanoRnn.Generators.Parsing.Weights;
using NanoRnn.Storage;

namespace NanoRnn.Generators.Planning;

/// <summary>A model's weights from a file, packed as the network reads them, or why they cannot be.</summary>
/// <param name="Model">The model.</param>
/// <param name="Words">The packed weights with their padding, 8 bytes in a word; none if there is a mistake.</param>
/// <param name="Mistake">What to report.</param>
internal sealed record PretrainedPlan(ModelSpec Model, EquatableArray<ulong> Words, DiagnosticInfo? Mistake)
{
    public static PretrainedPlan Of(WeightsRequest request, CancellationToken cancellation)
    {
        var (model, file, mistake) = request;
        if (file is null)
            return new(model, default, mistake);
        byte[] bytes;
        try
        {
            bytes = file.Read();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Wrong(DiagnosticDescriptors.WeightsNotFound, $"'{file.Path}' cannot be read: {exception.Message}");
        }

        cancellation.ThrowIfCancellationRequested();
        SafeTensorsHeader header;
        int dataStart;
        try
        {
            header = SafeTensorsReader.Read(bytes, file.Name, out dataStart);
        }
        catch (ModelFileException exception)
        {
            return Wrong(DiagnosticDescriptors.WeightsDamaged, exception.Message);
        }

        // Where weights lie does not depend on the widths of vectors.
        var plan = new ModelPlan(model, VectorWidths.All);
        var words = new ulong[plan.WeightLength * sizeof(float) / sizeof(ulong)];
        try
        {
            new WeightPacker(model.Type.DisplayName, plan.Tensors, plan.Description, header, file.Name)
                .Pack(bytes.AsSpan(dataStart), MemoryMarshal.AsBytes(words.AsSpan()));
        }
        catch (ModelFileException exception)
        {
            return Wrong(DiagnosticDescriptors.WeightsDoNotFit, exception.Message);
        }

        return new(model, new([.. words]), null);

        PretrainedPlan Wrong(DiagnosticDescriptor descriptor, string reason) =>
            new(model, default, DiagnosticInfo.Create(descriptor, SourcePlace.OfModel(model.Type.MetadataName), model.Type.DisplayName, reason.TrimEnd('.')));
    }
}
