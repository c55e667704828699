using System.Globalization;
using NanoRnn.Generators.Diagnostics;
using NanoRnn.Generators.Lowering.Network;
using NanoRnn.Generators.Parsing;

namespace NanoRnn.Generators.Planning;

/// <summary>
/// Whether a model can have the memory that it asks for. Only its plan can tell, so this is said later than other mistakes, and does not
/// keep the model from being generated.
/// </summary>
internal sealed class BudgetCheck
{
    private readonly ModelPlan _model;
    private readonly MemoryPlan _memory;

    private BudgetCheck(ModelPlan model)
    {
        _model = model;
        _memory = new MemoryPlan(model);
    }

    private ModelSpec Spec => _model.Spec;

    private ModelOptions Options => Spec.Options;

    public static DiagnosticInfo? Find(ModelPlan model)
    {
        var check = new BudgetCheck(model);
        var place = SourcePlace.OfModel(model.Spec.Type.MetadataName);
        return check.FindNoCheckpoints(place)
            ?? check.FindUnknown(place)
            ?? check.FindOverBudget(place)
            ?? SizeCheck.FindTooLarge(check._memory, model.Spec, place);
    }

    private DiagnosticInfo? FindNoCheckpoints(SourcePlace place)
    {
        if (Options.CheckpointSteps == 0 || (_model.WholeLayer ?? _model.FirstBatchStatistics) is not { } layer)
            return null;
        var reason = layer is BatchStatisticsPlan ? "needs all steps of a batch at once"
            : layer.Steps.Kind == TimeAxisKind.Target ? "is a decoder's"
            : layer.Spec.IsBidirectional ? "goes both ways"
            : layer.Spec.GoBackwards ? "goes backwards"
            : layer.Spec.Kind == LayerKind.RepeatVector ? "repeats a vector"
            : "sees more than steps before its own";
        return DiagnosticInfo.Create(DiagnosticDescriptors.NoCheckpoints, place, Spec.Type.DisplayName, layer.Spec.Name, reason);
    }

    private DiagnosticInfo? FindUnknown(SourcePlace place)
    {
        if (Options.MemoryBudget == 0 || _memory.Total is not null)
            return null;
        var model = Spec.Type.DisplayName;
        return _model is { HasDecoder: true, IsTrainable: false }
            ? DiagnosticInfo.Create(
                DiagnosticDescriptors.OptionDoesNotApply,
                place,
                "MemoryBudget",
                model,
                $"weights of {_model.Precision} are not trained, and what a decoder takes depends on its output's length and its beam's width")
            : DiagnosticInfo.Create(
                DiagnosticDescriptors.MemoryUnknown,
                place,
                "MemoryBudget",
                _model.HasDecoder ? "TimeSteps, BatchSize and TargetSteps" : "TimeSteps and BatchSize",
                $"'{model}' predicts from whole sequences, in memory that depends on their length");
    }

    private DiagnosticInfo? FindOverBudget(SourcePlace place)
    {
        if (Options.MemoryBudget == 0 || _memory.Total is not { } needed || needed <= Options.MemoryBudget)
            return null;
        return DiagnosticInfo.Create(
            DiagnosticDescriptors.OverBudget,
            place,
            Spec.Type.DisplayName,
            Number(needed),
            _memory.Training is not null
                ? $"itself and training with Adam (BatchSize = {Options.BatchSize}, TimeSteps = {Options.TimeSteps}{(_model.HasDecoder ? $", TargetSteps = {Options.TargetSteps}" : "")})"
                : "itself, a session and a prediction",
            Number(needed - Options.MemoryBudget),
            Number(Options.MemoryBudget),
            string.Join(", ", Parts().Where(part => part.Bytes > 0).Select(part => $"{part.Name} {Number(part.Bytes)}")),
            Suggestions());
    }

    private IEnumerable<(string Name, long Bytes)> Parts()
    {
        yield return ("weights", _memory.Weights);
        if (_memory.Training is not { } training)
        {
            yield return ("a session", _memory.Session);
            yield return ("a prediction", _memory.PredictScratch!.Value);
            yield break;
        }

        yield return ("transposed kernels", training.Transposed);
        yield return ("gradients", training.Gradients);
        yield return ("optimizer", training.Optimizer);
        yield return ("tape", training.Tape);
        yield return ("checkpoints", training.States);
        yield return ("batch", training.Batch);
    }

    private string Suggestions()
    {
        var found = new List<string>();
        if (_memory.Training is not null)
        {
            Add("BatchSize", Largest(Options.BatchSize - 1, size => Options with { BatchSize = size }));
            Add("TimeSteps", Largest(Options.TimeSteps - 1, steps => Options with { TimeSteps = steps }));
            if (_model.IsStreamable && _model.BatchStatistics.Count == 0)
                Add("CheckpointSteps", Largest(Options.TimeSteps - 1, steps => Options with { CheckpointSteps = steps }));
        }

        if (LargestUnits() is var (layer, units) && units > 0)
            found.Add($"{units} units in '{layer}'");
        return found.Count == 0 ? "nothing that differs in one of these numbers" : string.Join(", or ", found);

        void Add(string name, int value)
        {
            if (value > 0)
                found.Add($"{name} = {value}");
        }

        // Not by halves: with checkpoints memory does not always grow with the number of steps.
        int Largest(int largest, Func<int, ModelOptions> change)
        {
            var value = largest;
            while (value > 0 && _memory.Weights + _memory.TrainingOf(change(value)).Total > Options.MemoryBudget)
                value--;
            return value;
        }
    }

    /// <summary>The most units of the model's only recurrent layer, by planning the model again with half of those in question.</summary>
    private (string Layer, int Units) LargestUnits()
    {
        var recurrent = Spec.Layers.Where(layer => layer.IsRecurrent).ToArray();
        if (recurrent.Length != 1)
            return ("", 0);
        var (fits, tooMany) = (0, recurrent[0].Units);
        while (tooMany - fits > 1)
        {
            var units = (fits + tooMany) / 2;
            var layers = Spec.Layers.Select(layer => layer == recurrent[0] ? layer with { Units = units } : layer);
            var plan = new MemoryPlan(new ModelPlan(Spec with { Layers = new([.. layers]) }, VectorWidths.All));
            if (plan.Total <= Options.MemoryBudget)
                fits = units;
            else
                tooMany = units;
        }

        return (recurrent[0].Name, fits);
    }

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
