using System.Reflection;
using System.Runtime.Intrinsics;
using NanoRnn.CompilerServices;

namespace NanoRnn.Limits;

/// <summary>Checks models of every size, and prints what is wrong with them: nothing but a first line.</summary>
internal static class PaddingRun
{
    public static void Print(Action<string> print)
    {
        var check = typeof(PaddingRun).GetMethod(nameof(FindMistakes), BindingFlags.NonPublic | BindingFlags.Static)!;
        var models = typeof(PaddingRun).Assembly.GetTypes().Where(type => IsTrainable(type) && type.DeclaringType != typeof(StackModels)).ToArray();
        var width = Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : Vector128.IsHardwareAccelerated ? 128 : 1;
        print(FormattableString.Invariant($"{models.Length} models, {width} bits"));
        foreach (var model in models)
        {
            foreach (var mistake in (IEnumerable<string>)check.MakeGenericMethod(model).Invoke(null, null)!)
                print($"{model.Name}: {mistake}");
        }

        foreach (var mistake in ReducedRun.FindMistakes())
            print(mistake);
    }

    private static bool IsTrainable(Type type) =>
        type.GetInterfaces().Any(contract => contract.IsGenericType && contract.GetGenericTypeDefinition() == typeof(IRnnModel<>));

    private static IEnumerable<string> FindMistakes<TModel>()
        where TModel : class, IRnnModel<TModel>, ISequencePredictor<float> => new PaddingCheck<TModel>().Run();
}
