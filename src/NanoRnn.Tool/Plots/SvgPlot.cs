using System.Globalization;
using System.Xml.Linq;

namespace NanoRnn.Tool.Plots;

/// <summary>Curves over one axis, as a picture in SVG.</summary>
internal static class SvgPlot
{
    private const int Width = 800;
    private const int Height = 500;
    private const int Left = 90;
    private const int Right = Width - 20;
    private const int Top = 20;
    private const int Bottom = Height - 50;
    private const int LineHeight = 18;
    private const int LegendWidth = 180;

    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    private static readonly string[] Colours = ["#1f77b4", "#ff7f0e", "#2ca02c", "#d62728", "#9467bd", "#8c564b", "#e377c2", "#7f7f7f", "#bcbd22", "#17becf"];

    /// <summary>The picture.</summary>
    /// <param name="label">What the horizontal axis is.</param>
    /// <param name="curves">Names and points, all finite.</param>
    public static XElement Draw(string label, IReadOnlyList<(string Name, (double X, double Y)[] Points)> curves)
    {
        var points = curves.SelectMany(curve => curve.Points).DefaultIfEmpty().ToArray();
        var (horizontal, vertical) = (Axis.Of([.. points.Select(point => point.X)], smallestStep: 1), Axis.Of([.. points.Select(point => point.Y)]));
        return new XElement(
            Svg + "svg", new XAttribute("viewBox", $"0 0 {Width} {Height}"), new XAttribute("font-family", "sans-serif"), new XAttribute("font-size", 13),
            new XElement(Svg + "rect", new XAttribute("width", Width), new XAttribute("height", Height), new XAttribute("fill", "white")),
            horizontal.Marks.Select(mark => (XElement[])[Line(X(mark), Top, X(mark), Bottom, "#e0e0e0"), Text(X(mark), Bottom + LineHeight, "middle", Number(mark))]),
            vertical.Marks.Select(mark => (XElement[])[Line(Left, Y(mark), Right, Y(mark), "#e0e0e0"), Text(Left - 8, Y(mark) + 4, "end", Number(mark))]),
            Text((Left + Right) / 2, Bottom + 2 * LineHeight, "middle", label),
            curves.Select((curve, i) => (XElement[])
            [
                new XElement(
                    Svg + "polyline", new XAttribute("fill", "none"), new XAttribute("stroke", Colour(i)), new XAttribute("stroke-width", 2),
                    new XAttribute("points", string.Join(' ', curve.Points.Select(point => $"{Number(X(point.X))},{Number(Y(point.Y))}")))),
                Line(Right - LegendWidth, LegendOf(i) - 4, Right - LegendWidth + 20, LegendOf(i) - 4, Colour(i)),
                Text(Right - LegendWidth + 28, LegendOf(i), "start", curve.Name),
            ]));

        double X(double value) => Left + horizontal.PlaceOf(value) * (Right - Left);

        double Y(double value) => Bottom - vertical.PlaceOf(value) * (Bottom - Top);

        static double LegendOf(int curve) => Top + (curve + 1) * LineHeight;
    }

    private static string Colour(int curve) => Colours[curve % Colours.Length];

    private static XElement Line(double x1, double y1, double x2, double y2, string colour) => new(
        Svg + "line", new XAttribute("x1", Number(x1)), new XAttribute("y1", Number(y1)), new XAttribute("x2", Number(x2)), new XAttribute("y2", Number(y2)), new XAttribute("stroke", colour));

    private static XElement Text(double x, double y, string anchor, string text) =>
        new(Svg + "text", new XAttribute("x", Number(x)), new XAttribute("y", Number(y)), new XAttribute("text-anchor", anchor), text);

    private static string Number(double value) => value.ToString("G6", CultureInfo.InvariantCulture);
}
