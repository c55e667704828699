using NanoRnn.CompilerServices;

namespace NanoRnn;

/// <summary><see cref="Loss.Hinge"/>.</summary>
internal sealed class HingeLoss() : ElementLoss<HingeLoss.Function>("Hinge", default)
{
    public static readonly HingeLoss Instance = new();

    internal override string? FindMismatch(ModelLayout layout) => NeedsBothSigns(Name, layout);

    internal readonly struct Function : IElementFunction
    {
        public double Evaluate(double y, double t, out double slope)
        {
            var label = t == 0 ? -1 : t;
            var margin = 1 - label * y;

            // A NaN is neither above zero nor not.
            slope = margin > 0 ? -label : margin <= 0 ? 0 : margin;
            return margin <= 0 ? 0 : margin;
        }
    }
}
