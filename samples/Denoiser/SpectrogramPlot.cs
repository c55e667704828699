using Samples;
using ScottPlot;

namespace Denoiser;

/// <summary>The picture of sounds: the energy of each frequency in each frame, one sound below the other.</summary>
public static class SpectrogramPlot
{
    // In dB. What is fainter is as dark as silence.
    private const double Loudest = 20;
    private const double Faintest = -50;

    private const int Width = 1000;
    private const int HeightOfSound = 280;

    /// <param name="path">The PNG file.</param>
    /// <param name="sounds">What each is called, and its samples.</param>
    public static void Save(string path, params (string Title, float[] Samples)[] sounds)
    {
        var multiplot = new Multiplot();
        multiplot.AddPlots(sounds.Length);
        foreach (var (i, (title, samples)) in sounds.Index())
        {
            var plot = multiplot.GetPlot(i);
            var map = plot.Add.Heatmap(ToDecibels(samples));
            (map.Colormap, map.ManualRange) = (new ScottPlot.Colormaps.Inferno(), new ScottPlot.Range(Faintest, Loudest));
            map.Extent = new CoordinateRect(0, (double)samples.Length / Wave.SampleRate, 0, Wave.SampleRate / 2);
            plot.Title(title);
            plot.YLabel("Hz");
            plot.Axes.SetLimits(map.Extent.Value);
            plot.HideGrid();
            if (i == sounds.Length - 1)
                plot.XLabel("s");
        }

        multiplot.SavePng(path, Width, HeightOfSound * sounds.Length);
    }

    /// <summary>The highest frequency is the first row.</summary>
    private static double[,] ToDecibels(ReadOnlySpan<float> samples)
    {
        const double Least = 1e-10;
        var transform = new FourierTransform();
        var (real, imaginary) = (new double[FourierTransform.Size], new double[FourierTransform.Size]);
        var decibels = new double[Bands.Bins, 1 + (samples.Length - Frames.Length) / Frames.Hop];
        for (var frame = 0; frame < decibels.GetLength(1); frame++)
        {
            Frames.Transform(transform, samples.Slice(frame * Frames.Hop, Frames.Length), default, real, imaginary);
            for (var bin = 0; bin < Bands.Bins; bin++)
                decibels[Bands.Bins - 1 - bin, frame] = 10 * Math.Log10(real[bin] * real[bin] + imaginary[bin] * imaginary[bin] + Least);
        }

        return decibels;
    }
}
