namespace NanoRnn.Generators.Tests.Infrastructure;

/// <summary>A class of layers that takes four floats at every step.</summary>
internal static class FloatModel
{
    public static string Of(string layers) => $"[RnnModel(InputSize = 4), {layers}] partial class Model;";

    /// <summary>Nothing is said of it, and what is generated compiles.</summary>
    public static void AssertIsValid(string layers)
    {
        var generation = Generation.Of("using NanoRnn;\n" + Of(layers));
        Assert.Empty(generation.Diagnostics);
        generation.AssertCompiles();
    }
}
