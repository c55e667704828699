using NanoRnn.Numerics;

namespace NanoRnn;

/// <summary>
/// Draws the next token from what a model says of all of them. <see cref="Temperature"/>, then <see cref="TopK"/>, then
/// <see cref="TopP"/> narrow the choice. The same seed draws the same tokens everywhere. Allocates nothing after construction.
/// </summary>
/// <remarks>For one thread at a time. Sequences that are written side by side have a session each, and a sampler each or one for all.</remarks>
/// <example>
/// <code>
/// var sampler = new TokenSampler(vocabulary.Count, seed: 1) { Temperature = 0.8, TopP = 0.95, FirstToken = Vocabulary.Unknown + 1 };
/// for (var i = 0; i &lt; 200; i++)
/// {
///     session.Step([token], probabilities);
///     token = sampler.Sample(probabilities);
///     Console.Write(vocabulary[token]);
/// }
/// </code>
/// </example>
public sealed class TokenSampler
{
    private readonly double[] _weights;

    /// <summary>A heap of the tokens with the likeliest first; behind it those that have been taken from it, in reversed order.</summary>
    private readonly int[] _heap;
    private RandomGenerator _random;
    private int _heapLength;

    /// <summary>A sampler.</summary>
    /// <param name="tokenCount">Number of tokens, at least 1: the model's output size.</param>
    /// <param name="seed">The same seed draws the same tokens.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are less than one.</exception>
    public TokenSampler(int tokenCount, int seed = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(tokenCount, 1);
        (_weights, _heap, _random) = (new double[tokenCount], new int[tokenCount], new RandomGenerator((uint)seed));
    }

    /// <summary>
    /// Probabilities are raised to the power of 1 / temperature, logits divided by it: less than 1 makes the likely ones likelier, and at 0
    /// the likeliest is taken, of equal ones the first. At least 0 and finite; default 1.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite.</exception>
    public double Temperature
    {
        get;
        set => field = value >= 0 && double.IsFinite(value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "Expected a finite number of at least 0.");
    } = 1;

    /// <summary>How many of the likeliest tokens may be drawn, of equal ones the first; default 0, all.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int TopK
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            field = value;
        }
    }

    /// <summary>
    /// The likeliest tokens may be drawn until their probabilities, as shares of those that <see cref="TopK"/> leaves, add up to this
    /// number (Holtzman et al. 2020, nucleus sampling). Greater than 0, at most 1; default 1, all.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of its range.</exception>
    public double TopP
    {
        get;
        set => field = value is > 0 and <= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "Expected a number greater than 0 and at most 1.");
    } = 1;

    /// <summary>
    /// The first token that may be drawn; those before count for nothing. Default 0; with a <see cref="Vocabulary"/> 2, where terms begin.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, or leaves no token.</exception>
    public int FirstToken
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(value, _weights.Length);
            field = value;
        }
    }

    /// <summary>Number of tokens.</summary>
    public int TokenCount => _weights.Length;

    /// <summary>Starts the random numbers again.</summary>
    /// <param name="seed">The same seed draws the same tokens.</param>
    public void Reset(int seed) => _random = new RandomGenerator((uint)seed);

    /// <summary>Draws from probabilities, the outputs of a softmax; they need not add up to 1.</summary>
    /// <param name="probabilities">One for each token, finite and not negative.</param>
    /// <returns>A token.</returns>
    /// <exception cref="ArgumentException">The length is another, a probability is none, or all are zero.</exception>
    public int Sample(ReadOnlySpan<float> probabilities)
    {
        CheckLength(probabilities, nameof(probabilities));
        for (var token = FirstToken; token < probabilities.Length; token++)
        {
            var probability = probabilities[token];
            if (!(probability >= 0) || float.IsInfinity(probability))
                throw Mistake(token, probability, "a finite number of at least 0", nameof(probabilities));
            _weights[token] = Temperature is 0 or 1 ? probability : DeterministicMath.Log(probability);
        }

        return Draw(areLogarithms: Temperature is not (0 or 1), nothing: 0, nameof(probabilities));
    }

    /// <summary>Draws from logits, the outputs of a linear layer: logarithms of probabilities but for a constant.</summary>
    /// <param name="logits">One for each token, finite or negative infinity.</param>
    /// <returns>A token.</returns>
    /// <exception cref="ArgumentException">The length is another, a logit is none, or all are negative infinity.</exception>
    public int SampleFromLogits(ReadOnlySpan<float> logits)
    {
        CheckLength(logits, nameof(logits));
        for (var token = FirstToken; token < logits.Length; token++)
        {
            if (!(logits[token] < float.PositiveInfinity))
                throw Mistake(token, logits[token], "a number less than infinity", nameof(logits));
            _weights[token] = logits[token];
        }

        return Draw(areLogarithms: Temperature > 0, nothing: double.NegativeInfinity, nameof(logits));
    }

    /// <summary>Draws a token from the weights, or takes the likeliest.</summary>
    private int Draw(bool areLogarithms, double nothing, string parameter)
    {
        var likeliest = FirstToken;
        for (var token = likeliest + 1; token < _weights.Length; token++)
        {
            if (_weights[token] > _weights[likeliest])
                likeliest = token;
        }

        var largest = _weights[likeliest];
        if (largest == (areLogarithms ? double.NegativeInfinity : nothing))
            throw new ArgumentException("No token has a probability greater than zero.", parameter);
        if (Temperature == 0)
            return likeliest;
        var total = 0.0;
        foreach (ref var weight in _weights.AsSpan(FirstToken))
        {
            if (areLogarithms)
                weight = DeterministicMath.Exp((weight - largest) / Temperature);
            total += weight;
        }

        return TopK == 0 && TopP == 1 ? DrawFromAll(total) : DrawFromLikeliest(total);
    }

    private int DrawFromAll(double total)
    {
        var (place, sum, token) = (_random.NextDouble() * total, 0.0, FirstToken);
        while (true)
        {
            sum += _weights[token];
            if (place < sum)
                return token;
            token++;
        }
    }

    private int DrawFromLikeliest(double total)
    {
        BuildHeap();
        var (limit, isLimited) = (_heapLength, TopK > 0 && TopK < _heapLength);
        if (isLimited)
        {
            (limit, total) = (TopK, 0);
            for (var i = 0; i < limit; i++)
                total += _weights[TakeLikeliest()];
        }

        var (kept, sum) = (0, 0.0);
        while (kept < limit && (kept == 0 || sum < TopP * total))
        {
            var token = isLimited ? Taken(kept) : TakeLikeliest();
            sum += _weights[token];
            kept++;
        }

        var place = _random.NextDouble() * sum;
        for (var (i, running) = (0, 0.0); ; i++)
        {
            running += _weights[Taken(i)];
            if (place < running)
                return Taken(i);
        }
    }

    /// <summary>A token that has been taken from the heap, the likeliest being number 0.</summary>
    private int Taken(int number) => _heap[^(number + 1)];

    private void BuildHeap()
    {
        // The tokens before the first that may be drawn have places too, so that the last ones are where tokens are put that are taken.
        _heapLength = _weights.Length - FirstToken;
        for (var i = 0; i < _heapLength; i++)
            _heap[i] = FirstToken + i;
        for (var i = _heapLength / 2 - 1; i >= 0; i--)
            SiftDown(i);
    }

    private int TakeLikeliest()
    {
        var likeliest = _heap[0];
        _heap[0] = _heap[--_heapLength];
        SiftDown(0);
        _heap[_heapLength + FirstToken] = likeliest;
        return likeliest;
    }

    private void SiftDown(int place)
    {
        while (true)
        {
            var child = 2 * place + 1;
            if (child >= _heapLength)
                return;
            if (child + 1 < _heapLength && IsLikelier(_heap[child + 1], _heap[child]))
                child++;
            if (!IsLikelier(_heap[child], _heap[place]))
                return;
            (_heap[place], _heap[child]) = (_heap[child], _heap[place]);
            place = child;
        }
    }

    private bool IsLikelier(int token, int other) =>
        _weights[token] > _weights[other] || (_weights[token] == _weights[other] && token < other);

    private void CheckLength(ReadOnlySpan<float> numbers, string parameter)
    {
        if (numbers.Length != _weights.Length)
            throw new ArgumentException($"Expected {_weights.Length} numbers, one for each token, found {numbers.Length}.", parameter);
    }

    private static ArgumentException Mistake(int token, float found, string expected, string parameter) => new(
        FormattableString.Invariant($"Token {token} has {found}; expected {expected}."), parameter);
}
