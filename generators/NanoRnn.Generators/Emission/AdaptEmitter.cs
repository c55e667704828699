using NanoRnn.Generators.Emission.Passes;
using NanoRnn.Generators.Planning;

namespace NanoRnn.Generators.Emission;

/// <summary>The members that give layers the statistics of data.</summary>
internal sealed class AdaptEmitter(SourceWriter writer, ModelPlan model)
{
    private const string Library = ModelEmitter.Library;

    private readonly (ScalingPlan Layer, string Data, string Size)[] _layers =
    [
        .. model.Layers.OfType<ScalingPlan>().Select(layer => layer.IsInverse ? (layer, "targets", "OutputSize") : (layer, "inputs", "InputSize")),
    ];

    public void Emit()
    {
        if (_layers.Length == 0)
            return;
        EmitOfDataset();
        EmitOfRows();
    }

    private void EmitOfDataset()
    {
        writer.Line();
        writer.Summary($"Takes the statistics of samples' {string.Join(" and ", _layers.Select(item => item.Data))}. What is skipped, and what lies behind a sample's end, does not count.");
        writer.Line("/// <param name=\"dataset\">The samples that the model is trained with, and no others.</param>");
        writer.Line("/// <exception cref=\"global::System.ArgumentException\">They do not fit the model, none counts, or a value is NaN or infinite. Nothing has changed then.</exception>");
        using (writer.Block("public void Adapt(global::NanoRnn.SequenceDataset dataset)"))
        {
            foreach (var (layer, data, _) in _layers)
                EmitStatistics(layer, data, $"Of{(layer.IsInverse ? "Targets" : "Inputs")}(Description.Layout, dataset, {ForwardEmitter.KindOf(layer)})");
            EmitStores();
        }
    }

    private void EmitOfRows()
    {
        writer.Line();
        writer.Summary("Takes the statistics from rows of features, such as those of a series that windows are made of.");
        foreach (var (_, data, size) in _layers)
            writer.Line($"/// <param name=\"{data}\">Rows × <see cref=\"{size}\"/> floats, of the data that the model is trained with and of no others; at least one row.</param>");
        writer.Line("/// <exception cref=\"global::System.ArgumentException\">A length does not fit, or a value is NaN or infinite. Nothing has changed then.</exception>");
        using (writer.Block($"public void Adapt({string.Join(", ", _layers.Select(item => $"global::System.ReadOnlySpan<float> {item.Data}"))})"))
        {
            foreach (var (layer, data, size) in _layers)
                EmitStatistics(layer, data, $"OfRows({data}, {size}, {ForwardEmitter.KindOf(layer)}, nameof({data}))");
            EmitStores();
        }
    }

    private void EmitStatistics(ScalingPlan layer, string data, string call) =>
        writer.Line($"var {Variable(data)} = {Library}.FeatureStatistics.{call};");

    private void EmitStores()
    {
        foreach (var (layer, data, _) in _layers)
            writer.Line($"{Variable(data)}.Store(_packedWeights, {layer.WeightOffset}, {layer.Features}, {layer.Split.RowLength});");
    }

    private static string Variable(string data) => data + "Statistics";
}
