using System.Globalization;

namespace NanoRnn.Tests.Runtime;

public class ReportTests
{
    [Fact]
    public void SummaryIsKerasTable()
    {
        var summary = new ModelSummary(
            "Forecaster",
            [
                new LayerSummary("lstm", "Lstm", "(None, 50)", 10_400, 43_264, 800, 1_200),
                new LayerSummary("dense", "Dense", "(None, 1)", 51, 256, 0, 4),
            ]);
        const string Expected = """
            Model: "Forecaster"
            ______________________________________________________________________
             Layer (type)   Output Shape  Param #   Weights  State  Tape per step
            ======================================================================
             lstm (Lstm)    (None, 50)     10,400  43,264 B  800 B        1,200 B
            ______________________________________________________________________
             dense (Dense)  (None, 1)          51     256 B    0 B            4 B
            ======================================================================
             Total params: 10,451 (40.82 KB)
             Packed weights: 42.50 KB
             State per sequence: 800 B
             Tape per sequence and time step: 1.18 KB

            """;
        Assert.Equal(10_451, summary.ParameterCount);
        var culture = CultureInfo.CurrentCulture;
        var text = summary.ToString();
        try
        {
            var german = (CultureInfo)culture.Clone();
            (german.NumberFormat.NumberDecimalSeparator, german.NumberFormat.NumberGroupSeparator) = (",", ".");
            CultureInfo.CurrentCulture = german;
            Assert.Equal(text, summary.ToString());
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }

        Assert.Equal(Expected, text);
    }

    [Fact]
    public void RedirectedProgressIsOneLinePerEpoch()
    {
        using var writer = new StringWriter { NewLine = "\n" };
        var progress = new ProgressBar(writer);
        progress.OnEpochBegin(3);
        progress.OnBatchEnd(new BatchReport { Epoch = 3, Epochs = 20, Batch = 1, Batches = 100, Loss = 2, Elapsed = TimeSpan.FromSeconds(0.1) });
        progress.OnEpochEnd(new EpochReport
        {
            Epoch = 3, Epochs = 20, Batches = 100, Loss = 0.01234f, ValidationLoss = 0.0000456f, Elapsed = TimeSpan.FromSeconds(0.4),
        });
        Assert.Equal(
            "Epoch 3/20 [====================] 100/100 0.4s 4ms/step - loss: 0.0123 - val_loss: 4.5600e-05\n", writer.ToString());
    }

    [Fact]
    public void LiveProgressRewritesItsLine()
    {
        using var writer = new StringWriter { NewLine = "\n" };
        var progress = new ProgressBar(writer, isLive: true);
        progress.OnEpochBegin(1);
        Thread.Sleep(150);
        progress.OnBatchEnd(new BatchReport { Epoch = 1, Epochs = 1, Batch = 5, Batches = 10, Loss = 123.5f, Elapsed = TimeSpan.FromMilliseconds(1) });
        progress.OnEpochEnd(new EpochReport { Epoch = 1, Epochs = 1, Batches = 10, Loss = float.NaN, Elapsed = TimeSpan.FromMilliseconds(2) });
        Assert.Equal(
            "\rEpoch 1/1 [==========>.........] 5/10 0.0s 200us/step - loss: 123.5000"
            + "\rEpoch 1/1 [====================] 10/10 0.0s 200us/step - loss: NaN    \n",
            writer.ToString());
    }
}
