using System.ComponentModel;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NanoRnn.Numerics;

namespace NanoRnn.CompilerServices;

/// <summary>
/// From a decoder's first states to a sequence of tokens, greedily or with a beam. Token 0 is never chosen where it is padding. A beam follows the sequences with the largest
/// product of probabilities (Graves 2012), and ends when none that goes on can overtake the best one that has ended.
/// </summary>
/// <remarks>
/// The memory has, for one beam: the decoder's memory and the probabilities. For more: two sets of decoder memories, of which a step
/// reads one and fills the other, the probabilities, and two sets of the tokens so far.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Decoding
{
    private const int MaxBeamWidth = 64;

    /// <summary>Floats of memory that <see cref="Run"/> needs.</summary>
    public static long GetLength(ModelLayout layout, int maxTokens, int beamWidth) => beamWidth == 1
        ? layout.Decoder!.MemoryLength + Round(layout.OutputSize)
        : 2L * beamWidth * layout.Decoder!.MemoryLength + Round(layout.OutputSize) + 2 * Round((long)beamWidth * maxTokens);

    /// <summary>The thread's memory: what <see cref="Run"/> needs, and <paramref name="more"/> floats behind it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The beam is too wide.</exception>
    public static ref float GetMemory(ModelLayout layout, long more, int maxTokens, int beamWidth)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(beamWidth, MaxBeamWidth);
        return ref ScratchMemory.Get(GetLength(layout, maxTokens, beamWidth) + more);
    }

    /// <summary>Makes the tokens.</summary>
    /// <param name="model">The model.</param>
    /// <param name="memory">Starts with the decoder's memory, which holds its first states.</param>
    /// <param name="tape">What the encoder has left.</param>
    /// <param name="timeSteps">Steps of the source.</param>
    /// <param name="output">Receives the tokens.</param>
    /// <param name="beamWidth">Sequences that are followed at the same time.</param>
    /// <returns>How many tokens there are before the one that ends the target.</returns>
    public static int Run<TModel>(TModel model, ref float memory, ref float tape, int timeSteps, Span<int> output, int beamWidth)
        where TModel : class, IDecoderModel<TModel> =>
        beamWidth == 1 ? RunAlone(model, ref memory, ref tape, timeSteps, output, sampler: null) : RunBeam(model, ref memory, ref tape, timeSteps, output, beamWidth);

    /// <summary>Makes the tokens, each of them drawn.</summary>
    /// <param name="model">The model.</param>
    /// <param name="memory">Starts with the decoder's memory, which holds its first states.</param>
    /// <param name="tape">What the encoder has left.</param>
    /// <param name="timeSteps">Steps of the source.</param>
    /// <param name="output">Receives the tokens.</param>
    /// <param name="sampler">Draws them.</param>
    /// <returns>How many tokens there are before the one that ends the target.</returns>
    public static int Sample<TModel>(TModel model, ref float memory, ref float tape, int timeSteps, Span<int> output, TokenSampler sampler)
        where TModel : class, IDecoderModel<TModel> => RunAlone(model, ref memory, ref tape, timeSteps, output, sampler);

    /// <summary>One sequence, each of whose tokens is drawn, or the most probable one.</summary>
    private static int RunAlone<TModel>(TModel model, ref float memory, ref float tape, int timeSteps, Span<int> output, TokenSampler? sampler)
        where TModel : class, IDecoderModel<TModel>
    {
        var decoder = TModel.Layout.Decoder!;
        ref var y = ref Unsafe.Add(ref memory, decoder.MemoryLength);
        var probabilities = MemoryMarshal.CreateSpan(ref y, TModel.Layout.OutputSize);
        var (token, firstToken) = (decoder.StartToken, FirstToken(decoder));
        for (var i = 0; i < output.Length; i++)
        {
            TModel.Decode(model, token, ref memory, i & 1, ref tape, timeSteps, ref y);
            probabilities[..firstToken].Clear();
            token = sampler?.Sample(probabilities) ?? firstToken + TensorPrimitives.IndexOfMax(probabilities[firstToken..]);
            if (token == decoder.EndToken)
                return i;
            output[i] = token;
        }

        return output.Length;
    }

    private static int RunBeam<TModel>(TModel model, ref float memory, ref float tape, int timeSteps, Span<int> output, int beamWidth)
        where TModel : class, IDecoderModel<TModel>
    {
        var (decoder, vocabulary, length) = (TModel.Layout.Decoder!, TModel.Layout.OutputSize, output.Length);
        var setLength = (nint)beamWidth * decoder.MemoryLength;
        ref var y = ref Unsafe.Add(ref memory, 2 * setLength);
        var probabilities = MemoryMarshal.CreateReadOnlySpan(ref y, vocabulary);
        var places = MemoryMarshal.Cast<float, int>(MemoryMarshal.CreateSpan(
            ref Unsafe.Add(ref y, (nint)Round(vocabulary)), 2 * (int)Round((long)beamWidth * length)));
        var tokens = places[..(beamWidth * length)];
        var nextTokens = places.Slice((int)Round((long)beamWidth * length), beamWidth * length);

        Span<Candidate> beam = stackalloc Candidate[MaxBeamWidth];
        Span<Candidate> next = stackalloc Candidate[MaxBeamWidth];
        beam[0] = new Candidate(0, 0, decoder.StartToken);
        var (live, bestScore, best) = (1, double.NegativeInfinity, 0);
        ref var states = ref memory;
        ref var nextStates = ref Unsafe.Add(ref memory, setLength);
        for (var i = 0; i < length && live > 0 && beam[0].Score > bestScore; i++)
        {
            var count = 0;
            for (var parent = 0; parent < live; parent++)
            {
                TModel.Decode(model, beam[parent].Token, ref Unsafe.Add(ref states, (nint)parent * decoder.MemoryLength), i & 1, ref tape, timeSteps, ref y);
                for (var token = FirstToken(decoder); token < vocabulary; token++)
                {
                    var score = beam[parent].Score + DeterministicMath.Log(Math.Max(probabilities[token], float.Epsilon));
                    if (token != decoder.EndToken)
                        Insert(next[..beamWidth], ref count, new Candidate(score, parent, token));
                    else if (score > bestScore)
                    {
                        (bestScore, best) = (score, i);
                        tokens.Slice(parent * length, i).CopyTo(output);
                    }
                }
            }

            for (var child = 0; child < count; child++)
            {
                var parent = next[child].Parent;
                tokens.Slice(parent * length, i).CopyTo(nextTokens[(child * length)..]);
                nextTokens[child * length + i] = next[child].Token;
                Memory(ref states, parent).CopyTo(Memory(ref nextStates, child));
            }

            live = count;
            next[..count].CopyTo(beam);
            var swappedTokens = tokens;
            tokens = nextTokens;
            nextTokens = swappedTokens;
            ref var swappedStates = ref states;
            states = ref nextStates;
            nextStates = ref swappedStates;
        }

        // Only a target that ends is one, if there is any.
        if (bestScore > double.NegativeInfinity)
            return best;
        tokens[..length].CopyTo(output);
        return length;

        Span<float> Memory(ref float set, int index) =>
            MemoryMarshal.CreateSpan(ref Unsafe.Add(ref set, (nint)index * decoder.MemoryLength), decoder.MemoryLength);
    }

    /// <summary>The first token that can be chosen.</summary>
    private static int FirstToken(DecoderLayout decoder) => decoder.MasksZero ? 1 : 0;

    /// <summary>Puts a candidate in its place among the best, of equal ones behind the earlier.</summary>
    private static void Insert(Span<Candidate> best, ref int count, Candidate candidate)
    {
        var place = count;
        while (place > 0 && best[place - 1].Score < candidate.Score)
            place--;
        if (place == best.Length)
            return;
        if (count < best.Length)
            count++;
        for (var i = count - 1; i > place; i--)
            best[i] = best[i - 1];
        best[place] = candidate;
    }

    private static long Round(long floats) => (floats + 15) / 16 * 16;

    /// <summary>A sequence that goes on: the logarithm of its probability, the beam it comes from, its last token.</summary>
    private readonly record struct Candidate(double Score, int Parent, int Token);
}
