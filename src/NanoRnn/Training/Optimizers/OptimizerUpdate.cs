using NanoRnn.CompilerServices;

namespace NanoRnn;

/// <summary>
/// The steps of an optimizer on packed weights, with what it remembers between them. Weights, gradients and memory lie
/// alike, in one pass; padding, zero in all of them, stays zero.
/// </summary>
/// <remarks>
/// <see cref="System.Numerics.Vector{T}"/> may have any width: every operation is elementwise and exactly rounded. All
/// lengths are multiples of 16.
/// </remarks>
internal abstract class OptimizerUpdate
{
    private readonly AlignedBuffer[] _slots;
    private long _iterations;

    /// <param name="slots">How many numbers it remembers for each weight.</param>
    /// <param name="length">Packed weights.</param>
    /// <param name="arena">Where to take the memory from; null to allocate it.</param>
    protected OptimizerUpdate(int slots, int length, MemoryArena? arena)
    {
        _slots = new AlignedBuffer[slots];
        for (var slot = 0; slot < slots; slot++)
            _slots[slot] = new AlignedBuffer(length, arena);
    }

    /// <summary>Steps that have been taken. To set it brings back what follows from their number alone.</summary>
    public long Iterations
    {
        get => _iterations;
        set
        {
            Restart();
            for (_iterations = 0; _iterations < value; _iterations++)
                Advance();
        }
    }

    /// <summary>How many numbers it remembers for each weight.</summary>
    public int SlotCount => _slots.Length;

    /// <summary>One of the numbers that it remembers, of all packed weights.</summary>
    public Span<float> GetSlot(int slot) => _slots[slot].Span;

    /// <summary>Takes one step.</summary>
    /// <param name="weights">Packed weights.</param>
    /// <param name="gradients">Their gradient.</param>
    /// <param name="gradientScale">Factor for the gradient, applied here to save a pass over memory.</param>
    /// <param name="learningRate">The rate of this step.</param>
    public void Apply(Span<float> weights, ReadOnlySpan<float> gradients, float gradientScale, float learningRate)
    {
        _iterations++;
        Advance();
        Update(weights, gradients, gradientScale, learningRate);
    }

    /// <summary>The numbers that follow from the number of steps, before the first one.</summary>
    protected virtual void Restart()
    {
    }

    /// <summary>
    /// Makes of them those of the next step. Powers are products: a power function would not have the same bits everywhere.
    /// </summary>
    protected virtual void Advance()
    {
    }

    /// <summary>Takes the step that <see cref="Advance"/> has prepared.</summary>
    protected abstract void Update(Span<float> weights, ReadOnlySpan<float> gradients, float gradientScale, float learningRate);

    /// <summary>The first of the numbers that it remembers in a slot.</summary>
    protected ref float Slot(int slot) => ref _slots[slot].Reference;

    /// <summary>A rate that has been divided by something small; an infinite one would make NaN of padding.</summary>
    protected static float Bounded(double rate) => (float)Math.Min(float.MaxValue, rate);
}
