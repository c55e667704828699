namespace NanoRnn.Tests.Functions;

/// <summary>Functions as users write them, and a model of one unit for each.</summary>
internal static partial class FunctionModels
{
    private const float Slope = 0.25f;

    public static float Exp(float x) => MathF.Exp(x);

    public static float Log(float x) => MathF.Log(x);

    public static float Sqrt(float x) => (float)Math.Sqrt(x);

    public static float Sin(float x) => MathF.Sin(x);

    public static float Cos(float x) => float.Cos(x);

    public static float Sinh(float x) => MathF.Sinh(x);

    public static float Cosh(float x) => MathF.Cosh(x);

    public static float Tanh(float x) => MathF.Tanh(x);

    public static float Atan(float x) => MathF.Atan(x);

    public static float Cube(float x) => MathF.Pow(x, 3);

    public static float InverseSquare(float x) => MathF.Pow(x, -2);

    public static float High(float x) => MathF.Pow(x, 21);

    public static float Fractional(float x) => MathF.Pow(x, 2.5f);

    public static float Falling(float x) => (float)Math.Pow(x, -1.25);

    public static float Nearest(float x) => MathF.Max(MathF.Min(x, 1 - x), x - 3);

    public static float Held(float x) => Math.Clamp(x, -1, 2f) * 3;

    public static float Swish(float x) => x * Logistic(x);

    public static float Logistic(float x) => 1 / (1 + MathF.Exp(-x));

    public static float Guarded(float x) => x > 0 ? x * MathF.Log(x) + MathF.Sqrt(x) : 0;

    public static float Capped(float x) => MathF.Min(1, MathF.Exp(x));

    /// <summary>Returns in some branches, assigns in others.</summary>
    public static float Pieces(float x)
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

    /// <summary>Every construct.</summary>
    public static float Everything(float x)
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

    public static float Mix(float a, float b, float t)
    {
        return a * (1 - t) + b * t;
    }

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
