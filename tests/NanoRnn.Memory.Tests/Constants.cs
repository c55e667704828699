using System.Reflection;

namespace NanoRnn.Memory.Tests;

/// <summary>The constants of a model's class <c>Memory</c>.</summary>
internal static class Constants
{
    /// <summary>A constant; 0 if the model does not have it.</summary>
    public static long Of<TModel>(string name) => All<TModel>().GetValueOrDefault(name);

    public static IReadOnlyDictionary<string, long> All<TModel>() => typeof(TModel).GetNestedType("Memory")!
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .ToDictionary(field => field.Name, field => Convert.ToInt64(field.GetRawConstantValue(), null));
}
