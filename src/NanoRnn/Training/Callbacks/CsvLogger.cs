using System.Globalization;
using System.Text;

namespace NanoRnn;

/// <summary>
/// Writes a line of values for every epoch; Keras's <c>CSVLogger</c>. The columns are <c>epoch</c>, which as in Keras counts from 0, and the
/// names of <see cref="History"/>. Every line is in the file when the epoch is over. Writing allocates.
/// </summary>
public sealed class CsvLogger : Callback
{
    private readonly string _path;
    private readonly string _separator;
    private readonly bool _append;

    /// <summary>Writes to a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="separator">What stands between two values.</param>
    /// <param name="append">Whether the lines follow those that are in the file; else it begins anew. A file that has lines gets no header.</param>
    /// <exception cref="ArgumentException">The path or the separator is empty.</exception>
    public CsvLogger(string path, string separator = ",", bool append = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentException.ThrowIfNullOrEmpty(separator);
        (_path, _separator, _append) = (path, separator, append);
    }

    internal override bool IsForFirstProcess => true;

    /// <inheritdoc/>
    public override void OnTrainBegin(in TrainingReport report)
    {
        if (_append && File.Exists(_path) && new FileInfo(_path).Length > 0)
            return;
        var line = new StringBuilder("epoch");
        foreach (var name in report.Metrics.Names)
            line.Append(_separator).Append(name);
        File.WriteAllText(_path, line.Append('\n').ToString());
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(in EpochReport report)
    {
        var line = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{report.Epoch - 1}");
        foreach (var value in report.Metrics.Values)
            line.Append(_separator).Append(CultureInfo.InvariantCulture, $"{value}");
        File.AppendAllText(_path, line.Append('\n').ToString());
    }
}
