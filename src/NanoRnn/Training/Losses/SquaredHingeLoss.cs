using NanoRnn.CompilerServices;

namespace NanoRnn;

/// <summary><see cref="Loss.SquaredHinge"/>.</summary>
internal sealed class SquaredHingeLoss() : ElementLoss<SquaredHingeLoss.Function>("SquaredHinge", default)
{
    public static readonly SquaredHingeLoss Instance = new();

    internal override string? FindMismatch(ModelLayout layout) => NeedsBothSigns(Name, layout);

    internal readonly struct Function : IElementFunction
    {
        public double Evaluate(double y, double t, out double slope)
        {
            var label = t == 0 ? -1 : t;
            var margin = 1 - label * y;

            // A NaN is neither above zero nor not.
            slope = margin > 0 ? -2 * margin * label : margin <= 0 ? 0 : margin;
            return margin <= 0 ? 0 : margin * margin;
        }
    }
}
