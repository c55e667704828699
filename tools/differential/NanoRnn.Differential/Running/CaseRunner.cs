using NanoRnn.Differential.Running.Checks;

namespace NanoRnn.Differential.Running;

/// <summary>Runs the checks on a model.</summary>
internal static class CaseRunner
{
    private static readonly ICheck[] Checks =
    [
        new AgreementCheck(), new ReferenceCheck(), new DecoderCheck(), new WidthCheck(), new ThreadCheck(), new GradientCheck(),
        new PaddingCheck(), new StorageCheck(), new AllocationCheck(),
    ];

    /// <summary>The first thing that is wrong, or null.</summary>
    /// <param name="model">The class.</param>
    /// <param name="index">The model's index.</param>
    /// <param name="seed">Seed of its data.</param>
    public static CaseFailure? Find(Type model, int index, ulong seed)
    {
        foreach (var check in Checks)
        {
            var name = check.GetType().Name;
            try
            {
                using var test = new TestCase(model, seed);
                if (check.Find(test) is { } message)
                    return new(index, name, message);
            }
            catch (Exception exception)
            {
                return new(index, $"{name}, {exception.GetType().Name}", exception.ToString());
            }
        }

        return null;
    }

    /// <summary>A hash of all that must be the same in every process.</summary>
    public static ulong Hash(Type model, ulong seed)
    {
        using var test = new TestCase(model, seed);
        return Bits.Hash(test.Observe());
    }
}
