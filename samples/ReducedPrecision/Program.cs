using Digits;
using Forecasting;
using ReducedPrecision;

var data = Path.Combine(AppContext.BaseDirectory, "data");
PrecisionComparison.Run(
    MonthlySeries.Load(Path.Combine(data, "monthly-sunspots.csv")), DigitImages.Load(Path.Combine(data, "digits.csv")), Console.Out);
