using NanoRnn.Generators.Planning;

namespace NanoRnn.Generators.Emission;

/// <summary>The file with the weights as constants of the program, and the members that lead to them.</summary>
/// <remarks>
/// It may have a million numbers, so it is written for the compiler's speed: 8 bytes in each, of the type that is wanted, as the elements of an
/// array, which becomes data of the image without an array; and without the nullable analysis, which takes longer than all the rest.
/// </remarks>
internal static class PretrainedEmitter
{
    private const string Library = ModelEmitter.Library;

    /// <summary>One vector of 16 floats.</summary>
    private const int WordsPerLine = 8;

    public static string Emit(PretrainedPlan plan)
    {
        var writer = new SourceWriter();
        TypeEmitter.EmitFileHeader(writer, isNullable: false);
        TypeEmitter.EmitInside(writer, plan.Model.Type, baseList: "", () => EmitMembers(writer, plan));
        return writer.ToString();
    }

    private static void EmitMembers(SourceWriter writer, PretrainedPlan plan)
    {
        var identifier = plan.Model.Type.Identifier;
        writer.Summary("The model with the weights of the file that its attribute names: one instance, for prediction from any thread.");
        writer.Line("/// <remarks>The weights are constants of the program and are read where they lie. They cannot be changed or trained.</remarks>");
        writer.Line($"public static {identifier} Pretrained => PretrainedWeights.Model;");
        writer.Line();
        writer.Summary("A new model with a copy of the weights of the file that its attribute names, which can be changed and trained.");
        writer.Line($"public static {identifier} LoadPretrained() => {Library}.ModelStorage.Copy(PretrainedWeights.Model);");
        writer.Line();
        writer.Summary("A new model with a copy of the weights of the file that its attribute names, in memory that is given.");
        writer.Line("/// <param name=\"arena\">Where the weights are taken from, <see cref=\"Memory.WeightBytes\"/>.</param>");
        writer.Line("/// <exception cref=\"global::System.ArgumentException\">The arena has too few bytes left.</exception>");
        using (writer.Block($"public static {identifier} LoadPretrained({ModelEmitter.Arena} arena)"))
        {
            writer.Line("global::System.ArgumentNullException.ThrowIfNull(arena);");
            writer.Line($"return {Library}.ModelStorage.Copy(PretrainedWeights.Model, arena);");
        }

        writer.Line();
        writer.Summary("The packed weights with their padding, and the one model that reads them.");
        using (writer.Block("private static class PretrainedWeights"))
        {
            writer.Line($"internal static readonly {identifier} Model = new({Library}.AlignedBuffer.FromConstants(global::System.Runtime.InteropServices.MemoryMarshal.AsBytes(Words)));");
            writer.Line();
            writer.Line("/// <summary>Two floats in a word, the first in its lower half; 16 floats in a line.</summary>");
            writer.Line("private static global::System.ReadOnlySpan<ulong> Words => new ulong[]");
            writer.Line("{");
            for (var i = 0; i < plan.Words.Count; i += WordsPerLine)
                writer.Line("    " + string.Join(" ", Enumerable.Range(i, WordsPerLine).Select(index => $"0x{plan.Words[index]:X}UL,")));
            writer.Line("};");
        }
    }
}
