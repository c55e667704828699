using System.Globalization;
using System.Text;

namespace NanoRnn.Scale;

/// <summary>The forecast as a picture: speed over processes, both in powers of two, a line for each model size, a part for each network.</summary>
internal static class ForecastPicture
{
    private const int Width = 360;
    private const int Height = 300;
    private const int Margin = 50;
    private const int Doublings = 8;

    private static readonly string[] Colours = ["#d62728", "#ff7f0e", "#2ca02c", "#1f77b4", "#9467bd"];

    /// <summary>The text of an SVG file.</summary>
    public static string Draw()
    {
        var svg = new StringBuilder();
        var width = Forecast.Networks.Length * (Width + Margin) + 2 * Margin;
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{Height + 2 * Margin}\" font-family=\"sans-serif\" font-size=\"12\">\n");
        svg.Append("<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n");
        for (var network = 0; network < Forecast.Networks.Length; network++)
            DrawNetwork(svg, Forecast.Networks[network], Margin + network * (Width + Margin));
        for (var line = 0; line < Forecast.Weights.Length; line++)
            DrawText(svg, width - 2 * Margin + 8, Margin + 20 * line, $"10^{Math.Log10(Forecast.Weights[line])} weights", "start", Colours[line]);
        return svg.Append("</svg>\n").ToString();
    }

    private static void DrawNetwork(StringBuilder svg, Forecast.Network network, int left)
    {
        for (var power = 0; power <= Doublings; power++)
        {
            var (x, y) = (X(left, 1 << power), Y(1 << power));
            DrawLine(svg, "#ddd", (x, Y(1)), (x, Y(1 << Doublings)));
            DrawLine(svg, "#ddd", (left, y), (left + Width, y));
            DrawText(svg, x, Y(1) + 16, $"{1 << power}", "middle");
            DrawText(svg, left - 4, y + 4, $"{1 << power}", "end");
        }

        DrawLine(svg, "#888", (left, Y(1)), (left + Width, Y(1 << Doublings)));
        for (var line = 0; line < Forecast.Weights.Length; line++)
            DrawLine(svg, Colours[line], [.. Forecast.Processes.Select(processes => (X(left, processes), Y(Forecast.SpeedUp(Forecast.Weights[line], processes, network))))]);
        DrawText(svg, left + Width / 2, Margin - 12, $"times as fast as one process, {network.Name}", "middle");
        DrawText(svg, left + Width / 2, Y(1) + 34, "processes", "middle");
    }

    private static double X(int left, double processes) => left + Width * Math.Log2(processes) / Doublings;

    private static double Y(double speed) => Margin + Height * (1 - Math.Max(0, Math.Log2(speed)) / Doublings);

    private static void DrawLine(StringBuilder svg, string colour, params (double X, double Y)[] points) => svg
        .Append(CultureInfo.InvariantCulture, $"<polyline fill=\"none\" stroke=\"{colour}\" stroke-width=\"1.5\" points=\"")
        .AppendJoin(' ', points.Select(point => string.Create(CultureInfo.InvariantCulture, $"{point.X:F1},{point.Y:F1}"))).Append("\"/>\n");

    private static void DrawText(StringBuilder svg, double x, double y, string text, string anchor, string colour = "black") =>
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{x:F1}\" y=\"{y:F1}\" text-anchor=\"{anchor}\" fill=\"{colour}\">{text}</text>\n");
}
