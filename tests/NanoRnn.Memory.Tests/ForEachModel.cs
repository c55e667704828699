using NanoRnn.CompilerServices;

namespace NanoRnn.Memory.Tests;

/// <summary>All models that say how much training there is.</summary>
internal static class ForEachModel
{
    public interface IAction
    {
        void Run<TModel>()
            where TModel : class, IRnnModel<TModel>;
    }

    public static void Run(IAction action)
    {
        action.Run<Forecaster>();
        action.Run<Tagger>();
        action.Run<Deep>();
        action.Run<Scaled>();
        action.Run<Classifier>();
        action.Run<Skipping>();
        action.Run<Dropping>();
        action.Run<OwnCell>();
        action.Run<Stateless>();
        action.Run<Graph>();
        action.Run<LastStates>();
        action.Run<BothWays>();
        action.Run<Repeating>();
        action.Run<Reversed>();
        action.Run<Translator>();
        action.Run<SmallForecaster>();
        action.Run<DeepCheckpoints>();
    }
}
