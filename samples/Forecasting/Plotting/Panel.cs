using System.Globalization;
using System.Xml.Linq;

namespace Forecasting.Plotting;

/// <summary>A diagram: title, legend, grid, axes and curves.</summary>
public sealed class Panel(string title, Axis horizontal, Axis vertical)
{
    private const string GridColour = "#e4e4e4";
    private const string InkColour = "#333333";
    private const int LabelSize = 13;
    private const int TitleSize = 16;
    private static readonly XNamespace Svg = Figure.Svg;

    private readonly List<Curve> _curves = [];
    private readonly List<(double X, string Text)> _marks = [];

    public Panel Add(Curve curve)
    {
        _curves.Add(curve);
        return this;
    }

    /// <summary>Adds a dashed vertical line with a word beside it.</summary>
    public Panel AddMark(double x, string text)
    {
        _marks.Add((x, text));
        return this;
    }

    public XElement ToSvg() => new(
        Svg + "g",
        CreateGrid(),
        _marks.SelectMany(CreateMark),
        _curves.Select(CreateCurve),
        CreateFrame(),
        Text(horizontal.From, vertical.To - 36, title, "start", TitleSize, new XAttribute("font-weight", "bold")),
        CreateLegend(),
        Text((horizontal.From + horizontal.To) / 2, vertical.From + 40, horizontal.Label, "middle"),
        CreateVerticalLabel());

    private IEnumerable<XElement> CreateGrid()
    {
        foreach (var x in horizontal.Ticks(12))
        {
            yield return Line(horizontal.Map(x), vertical.From, horizontal.Map(x), vertical.To, GridColour);
            yield return Text(horizontal.Map(x), vertical.From + 19, Number(x), "middle");
        }

        foreach (var y in vertical.Ticks(6))
        {
            yield return Line(horizontal.From, vertical.Map(y), horizontal.To, vertical.Map(y), GridColour);
            yield return Text(horizontal.From - 8, vertical.Map(y) + 4.5, Number(y), "end");
        }
    }

    private IEnumerable<XElement> CreateMark((double X, string Text) mark)
    {
        var x = horizontal.Map(mark.X);
        yield return Line(x, vertical.From, x, vertical.To, "#888888", new XAttribute("stroke-dasharray", "5 4"));
        yield return Text(x + 6, vertical.To + 17, mark.Text, "start");
    }

    private XElement CreateCurve(Curve curve) => new(
        Svg + "polyline",
        new XAttribute("fill", "none"),
        new XAttribute("stroke", curve.Colour),
        new XAttribute("stroke-width", Number(curve.Width)),
        new XAttribute("stroke-linejoin", "round"),
        new XAttribute("points", string.Join(' ', curve.Points.Select(
            point => $"{Pixel(horizontal.Map(point.X))},{Pixel(vertical.Map(point.Y))}"))));

    private XElement CreateFrame() => new(
        Svg + "polyline",
        new XAttribute("fill", "none"),
        new XAttribute("stroke", InkColour),
        new XAttribute("points",
            $"{Pixel(horizontal.From)},{Pixel(vertical.To)} {Pixel(horizontal.From)},{Pixel(vertical.From)} {Pixel(horizontal.To)},{Pixel(vertical.From)}"));

    private IEnumerable<XElement> CreateLegend()
    {
        const double SwatchWidth = 26;
        const double CharacterWidth = 7.2;
        var (x, y) = (horizontal.From, vertical.To - 14);
        foreach (var curve in _curves.DistinctBy(curve => curve.Label))
        {
            yield return Line(x, y, x + SwatchWidth, y, curve.Colour, new XAttribute("stroke-width", 3));
            yield return Text(x + SwatchWidth + 6, y + 4.5, curve.Label, "start");
            x += SwatchWidth + 30 + curve.Label.Length * CharacterWidth;
        }
    }

    private XElement CreateVerticalLabel()
    {
        var (x, y) = (horizontal.From - 52, (vertical.From + vertical.To) / 2);
        return Text(x, y, vertical.Label, "middle", LabelSize, new XAttribute("transform", $"rotate(-90 {Pixel(x)} {Pixel(y)})"));
    }

    private static XElement Line(double x1, double y1, double x2, double y2, string colour, params XAttribute[] attributes) => new(
        Svg + "line",
        new XAttribute("x1", Pixel(x1)),
        new XAttribute("y1", Pixel(y1)),
        new XAttribute("x2", Pixel(x2)),
        new XAttribute("y2", Pixel(y2)),
        new XAttribute("stroke", colour),
        attributes);

    private static XElement Text(double x, double y, string text, string anchor, int size = LabelSize, params XAttribute[] attributes) => new(
        Svg + "text",
        new XAttribute("x", Pixel(x)),
        new XAttribute("y", Pixel(y)),
        new XAttribute("fill", InkColour),
        new XAttribute("font-size", size),
        new XAttribute("text-anchor", anchor),
        attributes,
        text);

    private static string Pixel(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);

    // Ten digits hide what binary fractions add to a tick such as 0.3.
    private static string Number(double value) => value.ToString("G10", CultureInfo.InvariantCulture);
}
