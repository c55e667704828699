namespace Samples;

/// <summary>The discrete Fourier transform of 256 complex numbers, by halves (Cooley and Tukey), with the same bits on every machine.</summary>
internal sealed class FourierTransform
{
    /// <summary>Numbers that are transformed.</summary>
    public const int Size = 256;

    private readonly double[] _cosines = new double[Size];
    private readonly double[] _sines = new double[Size];

    public FourierTransform()
    {
        // A platform's cosine may differ in the last bit; a square root may not. Of half an angle, from the quarter turn down; then of sums.
        (_cosines[0], _cosines[Size / 2], _sines[Size / 4]) = (1, -1, 1);
        for (var i = Size / 8; i > 0; i /= 2)
        {
            _cosines[i] = Math.Sqrt((1 + _cosines[2 * i]) / 2);
            _sines[i] = Math.Sqrt((1 - _cosines[2 * i]) / 2);
        }

        for (var i = 3; i < Size; i++)
        {
            var power = 1 << int.Log2(i);
            var rest = i - power;
            if (rest == 0)
                continue;
            _cosines[i] = _cosines[power] * _cosines[rest] - _sines[power] * _sines[rest];
            _sines[i] = _sines[power] * _cosines[rest] + _cosines[power] * _sines[rest];
        }
    }

    /// <summary>cos(2π·index/256).</summary>
    public double Cosine(int index) => _cosines[index];

    /// <summary>Transforms in place: X[k] = Σ x[n]·e^(−2πi·kn/256).</summary>
    public void Run(Span<double> real, Span<double> imaginary)
    {
        for (int i = 1, reversed = 0; i < Size; i++)
        {
            var bit = Size / 2;
            for (; (reversed & bit) != 0; bit /= 2)
                reversed ^= bit;
            reversed ^= bit;
            if (i < reversed)
            {
                (real[i], real[reversed]) = (real[reversed], real[i]);
                (imaginary[i], imaginary[reversed]) = (imaginary[reversed], imaginary[i]);
            }
        }

        for (var half = 1; half < Size; half *= 2)
        {
            for (var start = 0; start < Size; start += 2 * half)
            {
                for (var k = 0; k < half; k++)
                {
                    var (cosine, sine) = (_cosines[k * (Size / 2 / half)], -_sines[k * (Size / 2 / half)]);
                    var (a, b) = (start + k, start + k + half);
                    var (x, y) = (real[b] * cosine - imaginary[b] * sine, real[b] * sine + imaginary[b] * cosine);
                    (real[b], imaginary[b]) = (real[a] - x, imaginary[a] - y);
                    (real[a], imaginary[a]) = (real[a] + x, imaginary[a] + y);
                }
            }
        }
    }
}
