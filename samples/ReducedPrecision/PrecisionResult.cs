using Forecasting;

namespace ReducedPrecision;

/// <summary>What the two tasks' models do in one precision, on data that they have not seen.</summary>
/// <param name="Precision">Name of the precision.</param>
/// <param name="WeightBytes">Bytes of the digit model's packed weights.</param>
/// <param name="Sunspots">Errors of forecasts one month ahead.</param>
/// <param name="RightDigits">Images that were read right.</param>
/// <param name="ImageCount">All images.</param>
/// <param name="CrossEntropy">Mean of −log of the probability that was given to the true digit.</param>
public sealed record PrecisionResult(
    string Precision, long WeightBytes, ForecastError Sunspots, int RightDigits, int ImageCount, double CrossEntropy);
