using NanoRnn.Generators.Emission.Passes;
using NanoRnn.Generators.Planning;

namespace NanoRnn.Generators.Emission;

/// <summary>The members that the trainer and storage call.</summary>
internal sealed class ContractEmitter(SourceWriter writer, ModelPlan model)
{
    private const string Library = ModelEmitter.Library;

    public void Emit()
    {
        var identifier = model.Spec.Type.Identifier;
        var packed = $"{Library}.IPackedModel<{identifier}>";
        writer.Line();
        writer.Line($"static {Library}.ModelLayout {packed}.Layout => Description.Layout;");
        writer.Line();
        writer.Line($"static {identifier} {packed}.Create({Library}.AlignedBuffer weights) => new(weights);");
        writer.Line();
        writer.Line($"{Library}.AlignedBuffer {packed}.PackedWeights => _packedWeights;");
        if (model.Tape is not null)
            EmitTraining($"{Library}.IRnnModel<{identifier}>", model.Tape.Length);
    }

    private void EmitTraining(string contract, Extent tapeLength)
    {
        var workspace = $"{Library}.TrainingWorkspace";
        writer.Line();
        writer.Line($"static long {contract}.GetTapeLength(int rows, int timeSteps, int targetSteps) => checked(rows * ({PassText.Length(tapeLength, "L")}));");
        writer.Line();
        using (writer.Block($"static void {contract}.Transpose(in float weights, ref float transposed)"))
            EmitTranspositions();
        EmitMethod("Forward", "firstRow", "endRow");
        EmitMethod("Backward", "firstRow", "endRow");
        EmitPieces("ComputeGradients");
        if (model.BatchStatistics.Count > 0)
            EmitPieces("ComputeStatistics");
        if (model.TrainedBatchStatistics.Any())
            EmitPieces("ComputeStatisticsBackward");

        void EmitPieces(string name)
        {
            writer.Line();
            writer.Line($"static void {contract}.{name}({workspace} workspace, int firstPiece, int endPiece) =>");
            writer.Line($"    {TypeEmitter.Network(model.Spec.Type)}.Passes.{name}(workspace, firstPiece, endPiece);");
        }

        void EmitMethod(string name, string first, string end)
        {
            writer.Line();
            using (writer.Block($"static void {contract}.{name}({workspace} workspace, int {first}, int {end})"))
                ModelEmitter.EmitDispatch(writer, model, name, $"workspace, {first}, {end}");
        }
    }

    private void EmitTranspositions()
    {
        foreach (var layer in model.Cells)
            foreach (var stage in layer.Stages)
            {
                var (input, recurrent) = layer.Transposed[stage.Index];
                Emit(layer, stage.Input, input);
                Emit(layer, stage.Recurrent, recurrent);
            }

        foreach (var layer in model.Layers.OfType<ConvolutionPlan>().Where(layer => layer.IsTransposed))
            writer.Line(PositionCalls.Transpose(layer, Place("ref global::System.Runtime.CompilerServices.Unsafe.AsRef(in weights)", layer.WeightOffset), Place("ref transposed", layer.TransposedOffset)));

        static string Place(string reference, long offset) => $"global::System.Runtime.CompilerServices.Unsafe.Add({reference}, {offset})";

        void Emit(CellPlan layer, MapFeed feed, TransposedPlan? plan)
        {
            if (plan is not null)
                writer.Line(
                    $"{Library}.Transposition.Run(in global::System.Runtime.CompilerServices.Unsafe.Add(ref global::System.Runtime.CompilerServices.Unsafe.AsRef(in weights), {layer.WeightOffset}), ref global::System.Runtime.CompilerServices.Unsafe.Add(ref transposed, {plan.Offset}), " +
                    $"units: {layer.Units}, slotsPerBlock: {layer.SlotsPerBlock}, firstSlot: {feed.Slot}, rows: {feed.Rows}, maps: {feed.MapCount}, " +
                    $"columns: {plan.Columns}, dotColumns: {plan.DotColumns});");
        }
    }
}
