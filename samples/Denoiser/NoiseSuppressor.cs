using Samples;

namespace Denoiser;

/// <summary>Takes noise out of a stream, 10 ms at a time. Allocates nothing after construction.</summary>
public sealed class NoiseSuppressor : IDisposable
{
    /// <summary>How many samples what comes out is behind what goes in.</summary>
    public const int Delay = Frames.Length - Frames.Hop;

    private const int Size = FourierTransform.Size;
    private readonly DenoiserModel.Session _session;
    private readonly FourierTransform _transform = new();
    private readonly float[] _input = new float[Frames.Length];
    private readonly double[] _output = new double[Frames.Length];
    private readonly double[] _real = new double[Size];
    private readonly double[] _imaginary = new double[Size];
    private readonly double[] _bins = new double[Bands.Bins];
    private readonly double[] _energies = new double[Bands.Count];
    private readonly float[] _features = new float[DenoiserModel.InputSize];
    private readonly float[] _outputs = new float[DenoiserModel.OutputSize];

    public NoiseSuppressor(DenoiserModel model) => _session = model.CreateSession();

    /// <summary>Goes on by a block.</summary>
    /// <param name="input">The next samples, as many as <see cref="Frames.Hop"/>, from −1 to 1.</param>
    /// <param name="output">Where as many go of what is left of them, <see cref="Delay"/> samples later.</param>
    /// <returns>The probability that somebody speaks in the last 30 ms.</returns>
    public float Process(ReadOnlySpan<float> input, Span<float> output)
    {
        _input.AsSpan(Frames.Hop).CopyTo(_input);
        input.CopyTo(_input.AsSpan(Delay));
        Frames.Transform(_transform, _input, default, _real, _imaginary);
        for (var bin = 0; bin < Bands.Bins; bin++)
            _bins[bin] = _real[bin] * _real[bin] + _imaginary[bin] * _imaginary[bin];
        Bands.Sum(_bins, _energies);
        Frames.ToFeatures(_energies, _features);
        _session.Step(_features, _outputs);

        Bands.Spread(_outputs.AsSpan(DenoiserModel.Outputs.Gains), _bins);
        for (var bin = 0; bin < Size; bin++)
        {
            var gain = _bins[Math.Min(bin, Size - bin)];
            _real[bin] *= gain;
            _imaginary[bin] *= gain;
        }

        // With real and imaginary parts exchanged the transform is its own inverse, but for a factor.
        _transform.Run(_imaginary, _real);
        for (var i = 0; i < Frames.Length; i++)
            _output[i] += _real[i] * Frames.Window[i] * (2.0 / 3 / Size);
        for (var i = 0; i < Frames.Hop; i++)
            output[i] = (float)_output[i];
        _output.AsSpan(Frames.Hop).CopyTo(_output);
        _output.AsSpan(Delay).Clear();
        return _outputs.AsSpan(DenoiserModel.Outputs.Voice)[0];
    }

    /// <summary>A whole recording.</summary>
    /// <returns>What is left of it, without the delay, and for each frame in it the probability that somebody speaks.</returns>
    public static (float[] Left, float[] Voice) Process(DenoiserModel model, ReadOnlySpan<float> samples)
    {
        // As many more as the delay and the last block need.
        const int FramesBehind = Delay / Frames.Hop;
        var blocks = (samples.Length + Frames.Hop - 1) / Frames.Hop + FramesBehind;
        Span<float> input = new float[blocks * Frames.Hop];
        samples.CopyTo(input);
        var (output, voice) = (new float[input.Length], new float[blocks]);
        using var suppressor = new NoiseSuppressor(model);
        for (var block = 0; block < blocks; block++)
            voice[block] = suppressor.Process(input.Slice(block * Frames.Hop, Frames.Hop), output.AsSpan(block * Frames.Hop, Frames.Hop));
        return (output[Delay..(Delay + samples.Length)], voice[FramesBehind..]);
    }

    public void Dispose() => _session.Dispose();
}
