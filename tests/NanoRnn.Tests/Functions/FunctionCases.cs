using NanoRnn.Tests.Golden;
using static NanoRnn.Tests.Functions.FunctionModels;

namespace NanoRnn.Tests.Functions;

/// <summary>The functions of <see cref="FunctionModels"/> beside their exact values.</summary>
internal static class FunctionCases
{
    /// <summary>The cases by the name of their function.</summary>
    public static IReadOnlyDictionary<string, FunctionCase> All { get; } = new FunctionCase[]
    {
        Case(nameof(Exp), Exp, Math.Exp, () => new OfExp(), m => m.Weights, m => m.Predict),
        Case(nameof(Log), Log, Math.Log, () => new OfLog(), m => m.Weights, m => m.Predict),
        Case(nameof(Sqrt), Sqrt, Math.Sqrt, () => new OfSqrt(), m => m.Weights, m => m.Predict),
        Case(nameof(Sin), Sin, Math.Sin, () => new OfSin(), m => m.Weights, m => m.Predict),
        Case(nameof(Cos), Cos, Math.Cos, () => new OfCos(), m => m.Weights, m => m.Predict),
        Case(nameof(Sinh), Sinh, Math.Sinh, () => new OfSinh(), m => m.Weights, m => m.Predict),
        Case(nameof(Cosh), Cosh, Math.Cosh, () => new OfCosh(), m => m.Weights, m => m.Predict),
        Case(nameof(Tanh), Tanh, Math.Tanh, () => new OfTanh(), m => m.Weights, m => m.Predict),
        Case(nameof(Atan), Atan, Math.Atan, () => new OfAtan(), m => m.Weights, m => m.Predict),
        Case(nameof(Cube), Cube, x => Math.Pow(x, 3), () => new OfCube(), m => m.Weights, m => m.Predict),
        Case(nameof(InverseSquare), InverseSquare, x => Math.Pow(x, -2), () => new OfInverseSquare(), m => m.Weights, m => m.Predict),
        Case(nameof(High), High, x => Math.Pow(x, 21), () => new OfHigh(), m => m.Weights, m => m.Predict),
        Case(nameof(Fractional), Fractional, x => Math.Pow(x, 2.5), () => new OfFractional(), m => m.Weights, m => m.Predict),
        Case(nameof(Falling), Falling, x => Math.Pow(x, -1.25), () => new OfFalling(), m => m.Weights, m => m.Predict),
        Case(nameof(Nearest), Nearest, x => Math.Max(Math.Min(x, 1 - x), x - 3), () => new OfNearest(), m => m.Weights, m => m.Predict),
        Case(nameof(Held), Held, x => Math.Clamp(x, -1, 2) * 3, () => new OfHeld(), m => m.Weights, m => m.Predict),
        Case(nameof(Swish), Swish, x => x / (1 + Math.Exp(-x)), () => new OfSwish(), m => m.Weights, m => m.Predict),
        Case(nameof(Guarded), Guarded, x => x > 0 ? x * Math.Log(x) + Math.Sqrt(x) : 0, () => new OfGuarded(), m => m.Weights, m => m.Predict),
        Case(nameof(Capped), Capped, x => Math.Min(1, Math.Exp(x)), () => new OfCapped(), m => m.Weights, m => m.Predict),
        Case(nameof(Pieces), Pieces, ExactPieces, () => new OfPieces(), m => m.Weights, m => m.Predict),
        Case(nameof(Everything), Everything, ExactEverything, () => new OfEverything(), m => m.Weights, m => m.Predict),
    }.ToDictionary(item => item.Name);

    private static double ExactPieces(double x) =>
        x < -4 ? -1 : x >= 3 ? x * x - 4 : (x < -2 ? x : x <= 1 ? 2 * x : x * x) + 1 is var y && (y == 0 || double.IsNaN(y)) ? 0.5 : y;

    private static double ExactEverything(double x)
    {
        var (sum, product) = (0.5 * x + 2, 0.5 * x + MathF.PI);
        if (x is > -3 and < 3 or 4)
        {
            sum -= Math.Abs(x) / 3;
            product *= -x * 0.75 + sum * 0.25;
        }
        else
        {
            sum /= 2;
        }

        return (sum < product ? sum / (1 + Math.Exp(-sum)) : Math.Cos(product)) + (double.IsNaN(x) ? 0 : 3 + (float)Math.E);
    }

    private static FunctionCase Case<TModel>(
        string name, Func<float, float> method, Func<double, double> exact, Func<TModel> create, Func<TModel, WeightCollection> weights,
        Func<TModel, PredictCall> predict)
        where TModel : class, CompilerServices.IRnnModel<TModel>, ISequencePredictor<float> => new(name, method, exact, () =>
        {
            var model = create();
            weights(model)["dense.kernel"].CopyFrom([1]);
            return new ModelUnderTest<TModel>(model, weights(model), predict(model), () => throw new NotSupportedException());
        });
}

/// <summary>A function: as the user wrote it, in double precision, and as the activation of a model of one unit.</summary>
internal sealed record FunctionCase(string Name, Func<float, float> Method, Func<double, double> Exact, Func<ModelUnderTest> CreateModel);
