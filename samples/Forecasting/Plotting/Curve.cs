namespace Forecasting.Plotting;

/// <summary>A line through points.</summary>
/// <param name="Label">Its name in the legend; several curves with the same one share an entry.</param>
/// <param name="Colour">An SVG colour.</param>
/// <param name="Width">Width in pixels.</param>
/// <param name="Points">The points, in the units of the axes.</param>
public sealed record Curve(string Label, string Colour, double Width, IReadOnlyList<(double X, double Y)> Points);
