using System.Runtime.InteropServices;
using NanoRnn.CompilerServices;
using NanoRnn.Tests.Shared;

namespace NanoRnn.Differential.Running;

/// <summary>The face of <typeparamref name="TModel"/>, which takes features or tokens.</summary>
internal sealed unsafe class Subject<TModel, TInput> : Subject
    where TModel : class, IPackedModel<TModel>
    where TInput : unmanaged
{
    private readonly byte[] _file;
    private readonly bool _atEnd;
    private readonly GuardedMemory _weights;
    private readonly MemoryArena _arena;
    private readonly TModel _model;

    public Subject(byte[] file, bool atEnd)
    {
        (_file, _atEnd) = (file, atEnd);
        _weights = new GuardedMemory((long)TModel.Layout.WeightLength * sizeof(float), atEnd);
        _arena = new MemoryArena(_weights.Start, (nint)_weights.Length);
        _model = ModelStorage.Load<TModel>(file, _arena);
    }

    private delegate void SpanCall(ReadOnlySpan<TInput> x, Span<float> y);

    private delegate void ReadCall(Span<float> state);

    private delegate void WriteCall(ReadOnlySpan<float> state);

    private delegate int GenerateCall(ReadOnlySpan<TInput> source, Span<int> output, int beamWidth);

    public override ModelLayout Layout => TModel.Layout;

    public override WeightCollection Weights => new(TModel.Layout, _model.PackedWeights);

    public override bool IsTrainable => TrainingType is not null;

    private static Type? TrainingType { get; } =
        typeof(TModel).IsAssignableTo(typeof(IPackedModel<>).MakeGenericType(typeof(TModel)))
        && typeof(TModel).GetInterfaces().Any(type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IRnnModel<>))
            ? typeof(TrainingRun<>).MakeGenericType(typeof(TModel))
            : null;

    public override void Dispose()
    {
        _arena.Dispose();
        _weights.Dispose();
    }

    public override float[] Predict(CaseInput input, int row, int length)
    {
        using var x = Place(RowOf(input, row)[..(length * input.Size)]);
        using var y = NewOutput(OutputSteps(length));
        ((ISequencePredictor<TInput>)_model).Predict(x.Span<TInput>(), y.Span<float>());
        return y.Span<float>().ToArray();
    }

    public override float[] PredictBatch(CaseInput input, bool hasLengths)
    {
        using var x = Place<TInput>(DataOf(input));
        using var lengths = Place<int>(input.Lengths);
        using var y = NewOutput(input.Rows * OutputSteps(input.TimeSteps));
        var predictor = (ISequencePredictor<TInput>)_model;
        if (hasLengths)
            predictor.PredictBatch(x.Span<TInput>(), input.TimeSteps, lengths.Span<int>(), y.Span<float>());
        else
            predictor.PredictBatch(x.Span<TInput>(), input.TimeSteps, y.Span<float>());
        return y.Span<float>().ToArray();
    }

    public override float[] StepThrough(CaseInput input, int row)
    {
        using var firstMemory = new GuardedMemory(SessionBytes, _atEnd);
        using var secondMemory = new GuardedMemory(SessionBytes, _atEnd);
        using var state = new GuardedMemory((long)SessionField("StateSize") * sizeof(float), _atEnd);
        var (first, second) = (CreateSession(firstMemory), CreateSession(secondMemory));
        var outputs = new List<float>();
        for (var t = 0; t < input.TimeSteps; t++)
        {
            using var x = Place(RowOf(input, row).Slice(t * input.Size, input.Size));
            using var y = NewOutput(1);
            var session = t < (input.TimeSteps + 1) / 2 ? first : second;
            if (t == (input.TimeSteps + 1) / 2)
            {
                Bind<ReadCall>(first, "GetState")(state.Span<float>());
                Bind<WriteCall>(second, "SetState")(state.Span<float>());
            }

            Bind<SpanCall>(session, "Step")(x.Span<TInput>(), y.Span<float>());
            outputs.AddRange(y.Span<float>());
        }

        return [.. outputs];
    }

    public override long AllocatedBytes(CaseInput input)
    {
        var (data, lengths, outputs) = (DataOf(input), input.Lengths, new float[input.Rows * OutputSteps(input.TimeSteps) * Layout.OutputSize]);
        var predictor = (ISequencePredictor<TInput>)_model;
        var rowOutputs = outputs.Length / input.Rows;
        var stepCall = HasSession ? Bind<SpanCall>(CreateSession(null), "Step") : null;
        Call();
        var bytes = AllocatedBytes(Call);
        return bytes;

        void Call()
        {
            predictor.Predict(data.AsSpan(0, data.Length / input.Rows), outputs.AsSpan(0, rowOutputs));
            predictor.PredictBatch(data, input.TimeSteps, outputs);
            if (!Layout.ReversesTime)
                predictor.PredictBatch(data, input.TimeSteps, lengths, outputs);
            stepCall?.Invoke(data.AsSpan(0, input.Size), outputs.AsSpan(0, Layout.OutputSize));
        }

        static long AllocatedBytes(Action action) => NanoRnn.Tests.Shared.AllocatedBytes.Of(action);
    }

    public override TrainingResult Train(TrainingRequest request)
    {
        using var copy = new Subject<TModel, TInput>(_file, _atEnd);
        var run = (ITrainingRun)Activator.CreateInstance(TrainingType!)!;
        return run.Train(copy._model, request, _atEnd);
    }

    public override int[] Generate(CaseInput input, int row, int maxTokens, int beamWidth)
    {
        using var x = Place(RowOf(input, row));
        using var tokens = new GuardedMemory((long)maxTokens * sizeof(int), _atEnd);
        var count = Bind<GenerateCall>(_model, "Generate")(x.Span<TInput>(), tokens.Span<int>(), beamWidth);
        return tokens.Span<int>()[..count].ToArray();
    }

    public override byte[] Save()
    {
        var path = Path.GetTempFileName();
        try
        {
            ModelStorage.Save(_model, path);
            return File.ReadAllBytes(path);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static long SessionBytes => (int)typeof(TModel).GetNestedType("Memory")!.GetField("SessionBytes")!.GetRawConstantValue()!;

    private static TInput[] DataOf(CaseInput input) => (TInput[])(object?)input.Features! ?? (TInput[])(object)input.Tokens!;

    private static ReadOnlySpan<TInput> RowOf(CaseInput input, int row) =>
        DataOf(input).AsSpan(row * input.TimeSteps * input.Size, input.TimeSteps * input.Size);

    private static int SessionField(string name) => (int)typeof(TModel).GetNestedType("Session")!.GetField(name)!.GetRawConstantValue()!;

    private static TCall Bind<TCall>(object target, string method)
        where TCall : Delegate => (TCall)Delegate.CreateDelegate(typeof(TCall), target, method);

    private object CreateSession(GuardedMemory? memory) => memory is null
        ? typeof(TModel).GetMethod("CreateSession", [])!.Invoke(_model, [])!
        : typeof(TModel).GetMethod("CreateSession", [typeof(MemoryArena)])!.Invoke(_model, [new MemoryArena(memory.Start, (nint)memory.Length)])!;

    private GuardedMemory Place<T>(ReadOnlySpan<T> data)
        where T : unmanaged
    {
        var memory = new GuardedMemory((long)data.Length * sizeof(T), _atEnd);
        data.CopyTo(memory.Span<T>());
        return memory;
    }

    /// <summary>Memory for outputs that holds NaN.</summary>
    private GuardedMemory NewOutput(int positions)
    {
        var memory = new GuardedMemory((long)positions * Layout.OutputSize * sizeof(float), _atEnd);
        memory.Span<float>().Fill(float.NaN);
        return memory;
    }
}
