using NanoRnn.Differential.Grammar;

namespace NanoRnn.Differential;

/// <summary>From a model that fails to a smaller one that fails the same check: fewer layers, fewer options, smaller numbers.</summary>
internal static class Shrinker
{
    /// <summary>Candidates that are compiled together.</summary>
    private const int GroupSize = 8;

    private const int MaxGroups = 40;

    public static (ModelTerm Model, CaseFailure Failure) Shrink(ModelTerm model, CaseFailure failure, string widths)
    {
        for (var groups = 0; groups < MaxGroups;)
        {
            (ModelTerm Model, CaseFailure Failure)? smaller = null;
            foreach (var group in model.Simpler().Chunk(GroupSize).Take(MaxGroups - groups))
            {
                groups++;
                var failures = ModelSearch.FindFailures([.. group], widths);
                if (failures.Where(found => found.Check == failure.Check).MinBy(found => found.Model) is not { } first)
                    continue;
                smaller = (group[first.Model], first);
                break;
            }

            if (smaller is null)
                break;
            (model, failure) = smaller.Value;
        }

        return (model, failure);
    }
}
