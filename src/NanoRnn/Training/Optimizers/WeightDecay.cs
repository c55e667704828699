using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using NanoRnn.CompilerServices;
using NanoRnn.Numerics;

namespace NanoRnn;

/// <summary>Carries out the <see cref="Optimizer.WeightDecay"/> that an optimizer asks for. Allocates nothing after construction.</summary>
internal sealed class WeightDecay
{
    private readonly double _decay;
    private readonly TensorRun[] _runs;

    public WeightDecay(Optimizer optimizer, ModelLayout layout)
    {
        _decay = optimizer.WeightDecay ?? 0;
        _runs = _decay == 0 ? [] : FindRuns(layout, optimizer.DecayAllWeights);
    }

    /// <summary>Makes weights smaller. Padding stays zero.</summary>
    /// <param name="weights">Packed weights.</param>
    /// <param name="learningRate">The rate of the step that follows.</param>
    public void Apply(Span<float> weights, float learningRate)
    {
        ref var start = ref MemoryMarshal.GetReference(weights);

        // An infinite factor would make NaN of padding.
        var factor = Vector512.Create((float)Math.Min(float.MaxValue, _decay * learningRate));
        foreach (var run in _runs)
        {
            for (var i = run.FirstVector; i < run.End; i += PartialSums.Count)
                (Vector512.LoadUnsafe(ref start, (nuint)i) - run.Load(in start, i) * factor).StoreUnsafe(ref start, (nuint)i);
        }
    }

    private static TensorRun[] FindRuns(ModelLayout layout, bool ofAll)
    {
        var runs = new List<TensorRun>();
        var ofTensors = TensorRun.FindAll(layout);
        for (var tensor = 0; tensor < ofTensors.Length; tensor++)
        {
            if (layout.Tensors[tensor].IsTrainable && (ofAll || !IsSpared(layout.Tensors[tensor])))
                runs.AddRange(ofTensors[tensor]);
        }

        return [.. runs];
    }

    /// <summary>Biases (those of a GRU are a matrix), scales and offsets.</summary>
    private static bool IsSpared(TensorLayout tensor) => tensor.Shape.Length == 1 || tensor.Name.EndsWith(".bias", StringComparison.Ordinal);
}
