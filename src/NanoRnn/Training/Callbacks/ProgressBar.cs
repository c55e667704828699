using System.Diagnostics;
using System.Globalization;

namespace NanoRnn;

/// <summary>
/// Prints one line per epoch, as Keras does, with all metrics:
/// <c>Epoch 3/20 [====================] 100/100 0.4s 4ms/step - loss: 0.0123 - val_loss: 0.0145</c>. On a console the line grows while the
/// epoch runs; elsewhere only the finished line is printed. Allocates nothing in an epoch, as far as the writer does not.
/// </summary>
public sealed class ProgressBar : Callback
{
    private const int BarWidth = 20;

    /// <summary>Characters of a line without metrics, and of a value of one with what stands around it.</summary>
    private const int BaseLength = 256;
    private const int ValueLength = 64;
    private static readonly TimeSpan RewriteInterval = TimeSpan.FromMilliseconds(100);

    private readonly TextWriter _writer;
    private readonly bool _isLive;
    private char[] _line = new char[BaseLength];
    private int _length;
    private int _previousLength;
    private long _lastWrite;

    /// <summary>Prints to the console, rewriting the line unless the console is redirected.</summary>
    public ProgressBar()
        : this(Console.Out, !Console.IsOutputRedirected)
    {
    }

    /// <summary>Prints to a writer.</summary>
    /// <param name="writer">Where to print.</param>
    /// <param name="isLive">
    /// Whether to rewrite the line with carriage returns while the epoch runs, at most ten times a second.
    /// </param>
    public ProgressBar(TextWriter writer, bool isLive = false)
    {
        ArgumentNullException.ThrowIfNull(writer);
        _writer = writer;
        _isLive = isLive;
    }

    internal override bool IsForFirstProcess => true;

    /// <inheritdoc/>
    public override void OnTrainBegin(in TrainingReport report)
    {
        var length = BaseLength;
        foreach (var name in report.Metrics.Names)
            length += name.Length + ValueLength;
        _line = new char[length];
    }

    /// <inheritdoc/>
    public override void OnEpochBegin(int epoch)
    {
        _previousLength = 0;
        _lastWrite = Stopwatch.GetTimestamp();
    }

    /// <inheritdoc/>
    public override void OnBatchEnd(in BatchReport report)
    {
        if (!_isLive || Stopwatch.GetElapsedTime(_lastWrite) < RewriteInterval)
            return;
        _lastWrite = Stopwatch.GetTimestamp();
        Format(report.Epoch, report.Epochs, report.Batch, report.Batches, report.Elapsed, report.Loss, report.Metrics);
        Rewrite();
        _writer.Flush();
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(in EpochReport report)
    {
        Format(report.Epoch, report.Epochs, report.Batches, report.Batches, report.Elapsed, report.Loss, report.Metrics);
        var first = report.Metrics.TrainingCount;
        if (report.ValidationLoss is { } validationLoss)
        {
            Append(MetricValues.ValidationPrefix + MetricValues.LossName, validationLoss);
            first++;
        }

        AppendMetrics(report.Metrics, first, report.Metrics.Count);
        Rewrite();
        _writer.WriteLine();
        _writer.Flush();
    }

    private void Format(int epoch, int epochs, int batch, int batches, TimeSpan elapsed, float loss, MetricValues metrics)
    {
        _length = 0;
        Append("Epoch ");
        AppendRatio(epoch, epochs);
        Append(" [");
        var filled = (int)((long)batch * BarWidth / batches);
        for (var i = 0; i < BarWidth; i++)
            _line[_length++] = i < filled ? '=' : i == filled ? '>' : '.';
        Append("] ");
        AppendRatio(batch, batches);
        Append(" ");
        Append(elapsed.TotalSeconds, "F1");
        Append("s ");
        var step = elapsed / batch;
        var isSlow = step.TotalMilliseconds >= 1;
        Append(isSlow ? step.TotalMilliseconds : step.TotalMicroseconds, "F0");
        Append(isSlow ? "ms/step" : "us/step");
        Append(MetricValues.LossName, loss);
        AppendMetrics(metrics, 1, metrics.TrainingCount);
    }

    private void AppendMetrics(MetricValues metrics, int first, int end)
    {
        for (var i = first; i < end; i++)
            Append(metrics.Names[i], metrics.Values[i]);
    }

    private void AppendRatio(int part, int whole)
    {
        Append(part, "F0");
        Append("/");
        Append(whole, "F0");
    }

    // As Keras prints it: four decimals, or an exponent when they would show too little.
    private void Append(string name, float value)
    {
        Append(" - ");
        Append(name);
        Append(": ");
        Append(value, Math.Abs(value) is > 0 and < 1e-3f ? "0.0000e+00" : "F4");
    }

    private void Append(string text)
    {
        text.CopyTo(_line.AsSpan(_length));
        _length += text.Length;
    }

    private void Append(double value, string format)
    {
        value.TryFormat(_line.AsSpan(_length), out var written, format, CultureInfo.InvariantCulture);
        _length += written;
    }

    private void Rewrite()
    {
        if (_isLive)
            _writer.Write('\r');
        _writer.Write(_line, 0, _length);
        for (var i = _length; _isLive && i < _previousLength; i++)
            _writer.Write(' ');
        _previousLength = _length;
    }
}
