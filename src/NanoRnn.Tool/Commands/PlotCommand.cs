using System.CommandLine;
using System.Globalization;
using System.Xml.Linq;
using NanoRnn.Tool.Plots;
using Spectre.Console;

namespace NanoRnn.Tool.Commands;

/// <summary><c>nanornn plot</c>: the curves of a training as a picture.</summary>
internal static class PlotCommand
{
    public static Command Create(IAnsiConsole console)
    {
        var file = new Argument<string>("HISTORY") { Description = "the CSV file of a CsvLogger: a column of epochs, and one for each curve" };
        var target = new Option<string?>("--out") { Description = "the SVG file to write; default beside the CSV file" };
        var command = new Command("plot", "Draws the losses and metrics of a training.") { file, target };
        command.SetAction(result =>
        {
            var path = result.GetValue(file)!;
            var picture = result.GetValue(target) ?? Path.ChangeExtension(path, ".svg");
            File.WriteAllText(picture, Draw(path, File.ReadAllLines(path)).ToString());
            console.WriteLine(picture);
            return ExitCodes.Success;
        });
        return command;
    }

    private static XElement Draw(string path, string[] lines)
    {
        var header = lines.Length < 2 ? [] : lines[0].Split(',');
        if (header.Length < 2)
            throw new ToolException($"{path}: expected a line of names and one for each epoch, found {lines.Length} lines of {header.Length} columns.");
        var rows = lines.Skip(1).Where(line => line.Length > 0).Select((line, i) => Row(path, line, i + 2, header.Length)).ToArray();

        // A loss that is not finite has no place.
        return SvgPlot.Draw(header[0], [.. header.Skip(1).Select((name, i) => (name, Points(i + 1))).Where(curve => curve.Item2.Length > 0)]);

        (double, double)[] Points(int column) => [.. rows.Where(row => double.IsFinite(row[0]) && double.IsFinite(row[column])).Select(row => (row[0], row[column]))];
    }

    private static double[] Row(string path, string line, int number, int columns)
    {
        var values = line.Split(',');
        return values.Length == columns ? Array.ConvertAll(values, Value) : throw new ToolException($"{path}, line {number}: expected {columns} columns, found {values.Length}.");

        double Value(string text) => double.TryParse(text, CultureInfo.InvariantCulture, out var value) ? value
            : text.Trim() is "" or "NA" ? double.NaN : throw new ToolException($"{path}, line {number}: expected a number, found '{text}'.");
    }
}
