using NanoRnn.CompilerServices;

namespace NanoRnn.Differential.Running;

/// <summary>A generated model behind one face, whatever it takes and can do. Its weights and all data lie in <see cref="GuardedMemory"/>.</summary>
internal abstract class Subject : IDisposable
{
    public abstract ModelLayout Layout { get; }

    /// <summary>The tensors in the order of a file.</summary>
    public abstract WeightCollection Weights { get; }

    public abstract bool IsTrainable { get; }

    public bool HasDecoder => Layout.Decoder is not null;

    public bool HasSession => Layout.IsStreamable && !HasDecoder;

    /// <summary>Steps of the output for steps of the input.</summary>
    public int OutputSteps(int timeSteps) => Layout.OutputSteps > 0 ? Layout.OutputSteps : Layout.ReturnsSequences ? timeSteps : 1;

    /// <summary>The model of a class, from a file.</summary>
    public static Subject Load(Type model, byte[] file, bool takesTokens, bool atEnd) => (Subject)Activator.CreateInstance(
        typeof(Subject<,>).MakeGenericType(model, takesTokens ? typeof(int) : typeof(float)), file, atEnd)!;

    public abstract void Dispose();

    /// <summary>One call of Predict with the first steps of one row.</summary>
    public abstract float[] Predict(CaseInput input, int row, int length);

    /// <summary>One call of PredictBatch.</summary>
    public abstract float[] PredictBatch(CaseInput input, bool hasLengths);

    /// <summary>A session's outputs for one row, step by step, its state taken and given to another session half-way.</summary>
    public abstract float[] StepThrough(CaseInput input, int row);

    /// <summary>Bytes that a repeated call of each way to predict allocates.</summary>
    public abstract long AllocatedBytes(CaseInput input);

    /// <summary>Trains a copy of the model.</summary>
    public abstract TrainingResult Train(TrainingRequest request);

    /// <summary>The tokens that a decoder makes of one row.</summary>
    public abstract int[] Generate(CaseInput input, int row, int maxTokens, int beamWidth);

    public abstract byte[] Save();
}
