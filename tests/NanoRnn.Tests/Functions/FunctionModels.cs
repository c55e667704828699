using NanoRnn.Tests.Golden;

namespace NanoRnn.Tests.Functions;

/// <summary>Functions as users write them, and a model of one unit for each.</summary>
internal static partial class FunctionModels
{
    private const float Slope = 0.25f;

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

    private static float Exp(float x) => MathF.Exp(x);

    private static float Log(float x) => MathF.Log(x);

    private static float Sqrt(float x) => (float)Math.Sqrt(x);

    private static float Sin(float x) => MathF.Sin(x);

    private static float Cos(float x) => float.Cos(x);

    private static float Sinh(float x) => MathF.Sinh(x);

    private static float Cosh(float x) => MathF.Cosh(x);

    private static float Tanh(float x) => MathF.Tanh(x);

    private static float Atan(float x) => MathF.Atan(x);

    private static float Cube(float x) => MathF.Pow(x, 3);

    private static float InverseSquare(float x) => MathF.Pow(x, -2);

    private static float High(float x) => MathF.Pow(x, 21);

    private static float Fractional(float x) => MathF.Pow(x, 2.5f);

    private static float Falling(float x) => (float)Math.Pow(x, -1.25);

    private static float Nearest(float x) => MathF.Max(MathF.Min(x, 1 - x), x - 3);

    private static float Held(float x) => Math.Clamp(x, -1, 2f) * 3;

    private static float Swish(float x) => x * Logistic(x);

    private static float Logistic(float x) => 1 / (1 + MathF.Exp(-x));

    private static float Guarded(float x) => x > 0 ? x * MathF.Log(x) + MathF.Sqrt(x) : 0;

    private static float Capped(float x) => MathF.Min(1, MathF.Exp(x));

    /// <summary>Returns in some branches, assigns in others.</summary>
    private static float Pieces(float x)
    {
        float y;
        if (x < -2)
        {
            if (x < -4)
                return -1;
            y = x;
        }
        else if (x <= 1)
        {
            y = 2 * x;
        }
        else
        {
            y = x * x;
            if (x >= 3)
                return y - 4;
        }

        y += 1;
        x = y;
        if (y == 0 || float.IsNaN(y) || !(y != 0))
            x = 0.5f;
        return x;
    }

    private static double ExactPieces(double x) =>
        x < -4 ? -1 : x >= 3 ? x * x - 4 : (x < -2 ? x : x <= 1 ? 2 * x : x * x) + 1 is var y && (y == 0 || double.IsNaN(y)) ? 0.5 : y;

    /// <summary>Every construct.</summary>
    private static float Everything(float x)
    {
        const float Half = 0.5f;
        var inside = x > -3 && !(x >= 3) || x == 4;
        double wide = x * 0.5;
        float sum = (float)(wide + 1.5) + +Half, product = MathF.FusedMultiplyAdd(x, Half, MathF.PI);
        if (inside)
        {
            sum -= MathF.Abs(x) / 3;
            product *= Mix(b: sum, a: -x, t: Slope);
        }
        else
            sum /= 2;
        ;
        return (sum < product ? Swish(sum) : MathF.Cos(product)) + (float.IsNaN(x) ? 0 : 3 + (float)Math.E);
    }

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

    private static float Mix(float a, float b, float t)
    {
        return a * (1 - t) + b * t;
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

    [RnnModel(InputSize = 1)] [Dense(1, UseBias = false, ActivationMethod = nameof(Exp))] internal sealed partial class OfExp;
    [RnnModel(InputSize = 1)] [Dense(1, UseBias = false, ActivationMethod = nameof(Log))] internal sealed partial class OfLog;
    [RnnModel(InputSize = 1)] [Dense(1, UseBias = false, ActivationMethod = nameof(Sqrt))] internal sealed partial class OfSqrt;
    [RnnModel(InputSize = 1)] [Dense(1, UseBias = false, ActivationMethod = nameof(Sin))] internal sealed partial class OfSin;
    [RnnModel(InputSize = 1)] [Dense(1, UseBias = false, ActivationMethod = nameof(Cos))] internal sealed partial class OfCos;
    [RnnModel(InputSize = 1)] [Dense(1, UseBias = false, ActivationMethod = nameof(Sinh))] internal sealed partial class OfSinh;
    [RnnModel(InputSize = 1)] [Dense(1, UseBias = false, ActivationMethod = nameof(Cosh))] internal sealed partial class OfCosh;
    [RnnModel(InputSize = 1)] [Dense(1, UseBias = false, ActivationMethod = nameof(Tanh))] internal sealed partial class OfTanh;
    [RnnModel(InputSize = 1)] [Dense(1, UseBias = false, ActivationMethod = nameof(Atan))] internal sealed partial class OfAtan;
    [RnnModel(InputSize = 1)] [Dense(1, UseBias = false, ActivationMethod = nameof(Cube))] internal sealed partial class OfCube;
    [RnnModel(InputSize = 1)] [Dense(1, UseBias = false, ActivationMethod = nameof(InverseSquare))] internal sealed partial class OfInverseSquare;
    [RnnModel(InputSize = 1)] [Dense(1, UseBias = false, ActivationMethod = nameof(High))] internal sealed partial class OfHigh;
    [RnnModel(InputSize = 1)] [Dense(1, UseBias = false, ActivationMethod = nameof(Fractional))] internal sealed partial class OfFractional;
    [RnnModel(InputSize = 1)] [Dense(1, UseBias = false, ActivationMethod = nameof(Falling))] internal sealed partial class OfFalling;
    [RnnModel(InputSize = 1)] [Dense(1, UseBias = false, ActivationMethod = nameof(Nearest))] internal sealed partial class OfNearest;
    [RnnModel(InputSize = 1)] [Dense(1, UseBias = false, ActivationMethod = nameof(Held))] internal sealed partial class OfHeld;
    [RnnModel(InputSize = 1)] [Dense(1, UseBias = false, ActivationMethod = nameof(Swish))] internal sealed partial class OfSwish;
    [RnnModel(InputSize = 1)] [Dense(1, UseBias = false, ActivationMethod = nameof(Guarded))] internal sealed partial class OfGuarded;
    [RnnModel(InputSize = 1)] [Dense(1, UseBias = false, ActivationMethod = nameof(Capped))] internal sealed partial class OfCapped;
    [RnnModel(InputSize = 1)] [Dense(1, UseBias = false, ActivationMethod = nameof(Pieces))] internal sealed partial class OfPieces;
    [RnnModel(InputSize = 1)] [Dense(1, UseBias = false, ActivationMethod = nameof(Everything))] internal sealed partial class OfEverything;
}

/// <summary>A function: as the user wrote it, in double precision, and as the activation of a model of one unit.</summary>
internal sealed record FunctionCase(string Name, Func<float, float> Method, Func<double, double> Exact, Func<ModelUnderTest> CreateModel);
