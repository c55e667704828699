using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using NanoRnn.Generators.Diagnostics;
using NanoRnn.Generators.Emission;
using NanoRnn.Generators.Parsing;
using NanoRnn.Generators.Parsing.Weights;
using NanoRnn.Generators.Planning;

namespace NanoRnn.Generators;

/// <summary>
/// From the files among the project's additional ones to the weights in the program. They are packed for what a model is, not for where it
/// stands.
/// </summary>
internal static class PretrainedPipeline
{
    public const string Step = "Pretrained";

    public static void Register(IncrementalGeneratorInitializationContext context, IncrementalValuesProvider<ModelSpec> models)
    {
        var files = context.AdditionalTextsProvider.Where(WeightsFile.IsMatch).Select(WeightsFile.Of).Collect();
        var pretrained = models
            .Where(static model => model.Options.Weights is not null)
            .Combine(files)
            .Select(static (item, _) => WeightsRequest.Of(item.Left, item.Right))
            .Select(Plan)
            .WithTrackingName(Step);
        context.RegisterSourceOutput(pretrained, static (output, plan) =>
        {
            if (plan.Mistake is null)
                output.AddSource($"{plan.Model.Type.HintName}.Weights.g.cs", SourceText.From(PretrainedEmitter.Emit(plan), Encoding.UTF8));
        });
        RnnModelGenerator.Report(context, pretrained.Where(static plan => plan.Mistake is not null).Select(static (plan, _) => plan.Mistake!));
    }

    private static PretrainedPlan Plan(WeightsRequest request, CancellationToken cancellation) => InternalError.Guard(
        request.Model.Type.DisplayName,
        () => SourcePlace.OfModel(request.Model.Type.MetadataName),
        () => PretrainedPlan.Of(request, cancellation),
        diagnostic => new PretrainedPlan(request.Model, default, diagnostic));
}
