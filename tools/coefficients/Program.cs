using System.Globalization;
using NanoRnn.Coefficients;
using NanoRnn.Coefficients.Fits;

// The numbers of the functions that the compiler prints. To try another degree, change it in a fit, leave out what
// was found so far, and compare the errors.
Fit[] fits = [new ExponentialFit(), new TanhFit(), new NormalTailFit()];
foreach (var fit in fits)
{
    var exact = fit.FindExact();
    var rounded = FloatSearch.Improve(fit.FoundSoFar ?? [.. exact.Select(coefficient => (float)coefficient)], fit);
    while (fit.FindsMore(rounded))
        rounded = FloatSearch.Improve(rounded, fit);
    Console.WriteLine(fit.Name);
    Console.WriteLine(FormattableString.Invariant($"  relative error of the fit {fit.ErrorOfFit:E1}, of floats {fit.Measure(rounded):E2}"));
    Console.WriteLine("  " + string.Join(", ", rounded.Select(value => value.ToString("R", CultureInfo.InvariantCulture) + "f")));
}
