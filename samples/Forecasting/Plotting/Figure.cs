using System.Xml.Linq;

namespace Forecasting.Plotting;

/// <summary>Panels on a white sheet, as an SVG document.</summary>
public static class Figure
{
    public static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    public static XDocument Create(int width, int height, params IEnumerable<Panel> panels) => new(
        new XElement(
            Svg + "svg",
            new XAttribute("width", width),
            new XAttribute("height", height),
            new XAttribute("viewBox", $"0 0 {width} {height}"),
            new XAttribute("font-family", "Helvetica, Arial, 'DejaVu Sans', sans-serif"),
            new XElement(Svg + "rect", new XAttribute("width", width), new XAttribute("height", height), new XAttribute("fill", "white")),
            panels.Select(panel => panel.ToSvg())));
}
