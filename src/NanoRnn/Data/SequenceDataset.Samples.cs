using System.Runtime.InteropServices;

namespace NanoRnn;

public sealed partial class SequenceDataset
{
    /// <summary>The input of a sample, where it lies.</summary>
    /// <param name="index">0 … <see cref="Count"/> − 1.</param>
    /// <returns><see cref="TimeSteps"/> × <see cref="InputSize"/> floats.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such sample.</exception>
    /// <exception cref="InvalidOperationException">The inputs are tokens, or do not lie one behind the other.</exception>
    public ReadOnlySpan<float> GetInput(int index) => Get(Inputs, index, "inputs are tokens", nameof(CopyInput));

    /// <summary>The input of a sample of tokens, where it lies.</summary>
    /// <param name="index">0 … <see cref="Count"/> − 1.</param>
    /// <returns><see cref="TimeSteps"/> tokens.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such sample.</exception>
    /// <exception cref="InvalidOperationException">The inputs are floats, or do not lie one behind the other.</exception>
    public ReadOnlySpan<int> GetTokens(int index) => Get(Tokens, index, "inputs are floats", nameof(CopyTokens));

    /// <summary>The target of a sample, where it lies.</summary>
    /// <param name="index">0 … <see cref="Count"/> − 1.</param>
    /// <returns><see cref="TargetSize"/> floats.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such sample.</exception>
    /// <exception cref="InvalidOperationException">There are no targets, they are tokens or classes, or do not lie one behind the other.</exception>
    public ReadOnlySpan<float> GetTarget(int index) => Get(Targets, index, OtherTargets, nameof(CopyTarget));

    /// <summary>The target of a sample whose target is tokens or classes, where it lies.</summary>
    /// <param name="index">0 … <see cref="Count"/> − 1.</param>
    /// <returns><see cref="TargetSize"/> tokens or classes.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such sample.</exception>
    /// <exception cref="InvalidOperationException">There are no targets, they are floats, or do not lie one behind the other.</exception>
    public ReadOnlySpan<int> GetTargetTokens(int index) => Get(TargetTokens, index, OtherTargets, nameof(CopyTargetTokens));

    /// <summary>Copies the input of a sample.</summary>
    /// <param name="index">0 … <see cref="Count"/> − 1.</param>
    /// <param name="destination">Receives <see cref="TimeSteps"/> × <see cref="InputSize"/> floats.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such sample.</exception>
    /// <exception cref="ArgumentException">The destination has another length.</exception>
    /// <exception cref="InvalidOperationException">The inputs are tokens.</exception>
    public void CopyInput(int index, Span<float> destination) => Copy(Inputs, index, "inputs are tokens", destination);

    /// <summary>Copies the input of a sample of tokens.</summary>
    /// <param name="index">0 … <see cref="Count"/> − 1.</param>
    /// <param name="destination">Receives <see cref="TimeSteps"/> tokens.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such sample.</exception>
    /// <exception cref="ArgumentException">The destination has another length.</exception>
    /// <exception cref="InvalidOperationException">The inputs are floats.</exception>
    public void CopyTokens(int index, Span<int> destination) => Copy(Tokens, index, "inputs are floats", destination);

    /// <summary>Copies the target of a sample.</summary>
    /// <param name="index">0 … <see cref="Count"/> − 1.</param>
    /// <param name="destination">Receives <see cref="TargetSize"/> floats.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such sample.</exception>
    /// <exception cref="ArgumentException">The destination has another length.</exception>
    /// <exception cref="InvalidOperationException">There are no targets, or they are tokens or classes.</exception>
    public void CopyTarget(int index, Span<float> destination) => Copy(Targets, index, OtherTargets, destination);

    /// <summary>Copies the target of a sample whose target is tokens or classes.</summary>
    /// <param name="index">0 … <see cref="Count"/> − 1.</param>
    /// <param name="destination">Receives <see cref="TargetSize"/> tokens or classes.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such sample.</exception>
    /// <exception cref="ArgumentException">The destination has another length.</exception>
    /// <exception cref="InvalidOperationException">There are no targets, or they are floats.</exception>
    public void CopyTargetTokens(int index, Span<int> destination) => Copy(TargetTokens, index, OtherTargets, destination);

    /// <summary>The time steps of a sample.</summary>
    /// <param name="index">0 … <see cref="Count"/> − 1.</param>
    /// <returns>Its length, from 1 to <see cref="TimeSteps"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such sample.</exception>
    public int GetLength(int index)
    {
        CheckIndex(index);
        return HasLengths ? Lengths.Span[PositionOf(index)] : TimeSteps;
    }

    /// <summary>Copies the steps of a sample's input, tokens in the place of floats.</summary>
    /// <param name="index">The sample.</param>
    /// <param name="destination">Receives the steps.</param>
    /// <param name="stride">Numbers from the start of a step to that of the next in the destination.</param>
    internal void CopyInputBits(int index, Span<float> destination, int stride)
    {
        if (HasTokens)
            Tokens.CopyTo(PositionOf(index), MemoryMarshal.Cast<float, int>(destination), stride);
        else
            Inputs.CopyTo(PositionOf(index), destination, stride);
    }

    /// <summary>Copies a sample's target, tokens and classes as floats.</summary>
    internal void CopyTargetNumbers(int index, Span<float> destination)
    {
        if (!HasTargetTokens)
        {
            Copy(Targets, index, OtherTargets, destination);
            return;
        }

        var tokens = MemoryMarshal.Cast<float, int>(destination);
        Copy(TargetTokens, index, OtherTargets, tokens);
        for (var i = 0; i < tokens.Length; i++)
            destination[i] = tokens[i];
    }

    private string OtherTargets =>
        !HasTargets ? "samples have no targets" : HasTargetTokens ? "targets are tokens or classes" : "targets are floats";

    private int PositionOf(int index) => Positions.IsEmpty ? First + index : Positions.Span[index];

    private ReadOnlySpan<T> Get<T>(SampleView<T> samples, int index, string other, string copy)
        where T : unmanaged
    {
        CheckIndex(index);
        CheckExist(samples, other);
        return samples.IsContiguous ? samples.Get(PositionOf(index)) : throw new InvalidOperationException(
            $"The numbers of this dataset's samples do not lie one behind the other: use {copy}.");
    }

    private void Copy<T>(SampleView<T> samples, int index, string other, Span<T> destination)
        where T : unmanaged
    {
        CheckIndex(index);
        CheckExist(samples, other);
        if (destination.Length != samples.Length)
            throw new ArgumentException($"Expected room for {samples.Length} numbers, found {destination.Length}.", nameof(destination));
        samples.CopyTo(PositionOf(index), destination, samples.StepLength);
    }

    private static void CheckExist<T>(SampleView<T> samples, string other)
        where T : unmanaged
    {
        if (!samples.Exist)
            throw new InvalidOperationException($"The dataset's {other}.");
    }

    private void CheckIndex(int index)
    {
        if ((uint)index >= (uint)Count)
            ThrowIndex(index);
    }

    private void ThrowIndex(int index) => throw new ArgumentOutOfRangeException(
        nameof(index), index, $"The dataset has {Count} samples.");
}
