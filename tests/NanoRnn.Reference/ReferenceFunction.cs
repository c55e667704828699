using System.Reflection;

namespace NanoRnn.Reference;

/// <summary>An activation, or a function of the model's own.</summary>
/// <param name="Activation">The activation; of no matter if there is a method.</param>
/// <param name="Method">The function in double precision.</param>
internal readonly record struct ReferenceFunction(Activation Activation, Func<double, double>? Method)
{
    /// <summary>What stands behind the name of a function in that of its twin.</summary>
    public const string TwinSuffix = "InDouble";

    /// <summary>The twin of a model's function: a method <c>static double FInDouble(double x)</c> beside it, which is run.</summary>
    /// <param name="model">The model class.</param>
    /// <param name="name">Name of the function; null for none.</param>
    public static Func<double, double>? TwinOf(Type model, string? name) => name is null
        ? null
        : model.GetMethod(name + TwinSuffix, BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)?.CreateDelegate<Func<double, double>>()
            ?? throw new NotSupportedException($"{model.Name} has no {name}{TwinSuffix}.");

    public double Apply(double x, FunctionProbe? probe) =>
        Method is null ? ReferenceActivations.Apply(Activation, x, probe) : ApplyAll([x], probe)[0];

    /// <summary>The function of all features of a step, in a new array.</summary>
    public double[] ApplyAll(double[] x, FunctionProbe? probe)
    {
        if (Method is null)
            return ReferenceActivations.ApplyAll(Activation, x, probe);
        var y = Array.ConvertAll(x, Method.Invoke);
        return probe is null ? y : Array.ConvertAll(y, probe.Function);
    }
}
