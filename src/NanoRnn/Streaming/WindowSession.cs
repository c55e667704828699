using System.Runtime.InteropServices;
using NanoRnn.CompilerServices;

namespace NanoRnn;

/// <summary>
/// A streaming prediction from the last time steps alone, for models that were trained on windows: each step gives the bits of
/// <c>Predict</c> on a window of so many time steps that ends with it. A session of the model's own carries its state on without end
/// instead, which costs one time step where this costs a whole window, and is for models that have learnt to: with states carried from
/// batch to batch, or on whole sequences.
/// </summary>
/// <remarks>Not for use by two threads at once. Allocates nothing after construction. Once disposed it refuses every call.</remarks>
/// <typeparam name="TInput"><see cref="float"/>, or <see cref="int"/> for a model that begins with an embedding.</typeparam>
/// <example>
/// <code>
/// using var session = forecaster.CreateWindowSession(timeSteps: 24);
/// foreach (var value in measurements)
/// {
///     if (session.Step([value], forecast))
///         Console.WriteLine(forecast[0]);
/// }
/// </code>
/// </example>
public sealed class WindowSession<TInput> : IDisposable
    where TInput : unmanaged
{
    private readonly int _vocabulary;

    /// <summary>The window's steps twice, one window behind the other, so that the last ones always lie in one piece.</summary>
    private readonly AlignedBuffer _ring;
    private ISequencePredictor<TInput>? _model;
    private int _next;

    internal WindowSession(ISequencePredictor<TInput> model, ModelLayout layout, int timeSteps, MemoryArena? arena)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(timeSteps);
        TimeSteps = timeSteps > 0 ? timeSteps : layout.TimeSteps;
        if (TimeSteps == 0)
            throw new ArgumentException($"{layout.ModelName} has no {nameof(RnnModelAttribute.TimeSteps)} of its own: give those of the window.", nameof(timeSteps));
        (_model, _vocabulary, InputSize) = (model, layout.Vocabulary, layout.InputSize);
        var outputSteps = !layout.ReturnsSequences ? 1 : layout.OutputSteps > 0 ? layout.OutputSteps : TimeSteps;
        var (input, output) = (2L * TimeSteps * InputSize, (long)outputSteps * layout.OutputSize);
        if (Math.Max(input, output) > Array.MaxLength)
            throw new ArgumentOutOfRangeException(nameof(timeSteps), TimeSteps, "The window is larger than a buffer can be.");
        OutputLength = (int)output;
        _ring = new AlignedBuffer((int)input, arena);
    }

    /// <summary>Time steps of the window.</summary>
    public int TimeSteps { get; }

    /// <summary>Numbers of one time step.</summary>
    public int InputSize { get; }

    /// <summary>Floats that <c>Predict</c> gives for a window: those of one output, or of one for every time step.</summary>
    public int OutputLength { get; }

    /// <summary>Time steps that are in the window, at most <see cref="TimeSteps"/>.</summary>
    public int Count { get; private set; }

    /// <summary>Whether the window has all its time steps.</summary>
    public bool IsFull => Count == TimeSteps;

    /// <summary>The time steps in the window, the oldest first; valid until the next one comes.</summary>
    /// <exception cref="ObjectDisposedException">The session has been disposed.</exception>
    public ReadOnlySpan<TInput> Window => Ring.Slice(IsFull ? _next * InputSize : 0, Count * InputSize);

    private Span<TInput> Ring
    {
        get
        {
            ObjectDisposedException.ThrowIf(_model is null, this);
            return MemoryMarshal.Cast<float, TInput>(_ring.Span);
        }
    }

    /// <summary>Takes one time step and gives the output of the window that ends with it.</summary>
    /// <param name="x"><see cref="InputSize"/> numbers.</param>
    /// <param name="y">Receives <see cref="OutputLength"/> floats once the window is full; until then it stays as it is.</param>
    /// <returns>Whether the window is full, and so whether there is an output.</returns>
    /// <exception cref="ArgumentException">A length does not fit, or a token is none. Nothing has changed then.</exception>
    /// <exception cref="ObjectDisposedException">The session has been disposed.</exception>
    public bool Step(ReadOnlySpan<TInput> x, Span<float> y)
    {
        if (x.Length != InputSize)
            throw new ArgumentException($"Expected one time step of {InputSize} numbers, found {x.Length}.", nameof(x));
        if (y.Length != OutputLength)
            throw new ArgumentException($"Expected {OutputLength} floats, found {y.Length}.", nameof(y));
        Push(x);
        if (IsFull)
            _model!.Predict(Window, y);
        return IsFull;
    }

    /// <summary>Takes time steps without giving an output, which costs next to nothing: what is known when a stream begins.</summary>
    /// <param name="steps">Any number of time steps of <see cref="InputSize"/> numbers, of which the last ones stay.</param>
    /// <exception cref="ArgumentException">They are no whole number of time steps, or a token is none. Nothing has changed then.</exception>
    /// <exception cref="ObjectDisposedException">The session has been disposed.</exception>
    public void Push(ReadOnlySpan<TInput> steps)
    {
        var ring = Ring;
        if (steps.Length % InputSize != 0)
            throw new ArgumentException($"Expected time steps of {InputSize} numbers, found {steps.Length} numbers.", nameof(steps));
        if (_vocabulary > 0)
            Guard.Tokens(MemoryMarshal.Cast<TInput, int>(steps), _vocabulary);
        var windowLength = TimeSteps * InputSize;
        for (var start = Math.Max(0, steps.Length - windowLength); start < steps.Length; start += InputSize)
        {
            var step = steps.Slice(start, InputSize);
            step.CopyTo(ring[(_next * InputSize)..]);
            step.CopyTo(ring[(_next * InputSize + windowLength)..]);
            _next = _next + 1 == TimeSteps ? 0 : _next + 1;
            Count = Math.Min(Count + 1, TimeSteps);
        }
    }

    /// <summary>Back to an empty window.</summary>
    /// <exception cref="ObjectDisposedException">The session has been disposed.</exception>
    public void Reset()
    {
        ObjectDisposedException.ThrowIf(_model is null, this);
        (_next, Count) = (0, 0);
    }

    /// <summary>Ends the session.</summary>
    public void Dispose() => _model = null;
}
