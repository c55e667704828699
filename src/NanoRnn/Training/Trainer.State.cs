using System.Runtime.InteropServices;
using NanoRnn.CompilerServices;
using NanoRnn.Storage;

namespace NanoRnn;

/// <summary>A training in a file.</summary>
public sealed partial class Trainer<TModel>
{
    /// <summary>Version of the state among the metadata, and what it is called there.</summary>
    private const string StateVersion = "1";
    private const string StateKey = "training";
    private const string OptimizerKey = "optimizer";
    private const string CallbackPrefix = "callback/";

    /// <summary>The callbacks of a <c>Fit</c> that is under way.</summary>
    private Callback[] _callbacks = [];

    /// <summary>What has been loaded of a <c>Fit</c>'s callbacks, until they are there.</summary>
    private StateReader? _loadedCallbacks;

    /// <summary>Whether the next <c>Fit</c> goes on with one that has been loaded.</summary>
    private bool _resumes;

    /// <summary>
    /// Saves the training as it is now: weights, what the optimizer remembers, learning rate, random generators, states that are carried on,
    /// metrics, and how far <c>Fit</c> has come. Whoever loads it goes on to the same bits. A crash leaves the old file or the new one. Of
    /// <see cref="TrainerOptions.Processes"/> only process 0 writes the file, which any number of them can go on from.
    /// </summary>
    /// <param name="path">The file to create or replace: safetensors.</param>
    /// <exception cref="InvalidOperationException">A weight is NaN or infinite.</exception>
    /// <exception cref="IOException">The file cannot be written, or there is something else than a file.</exception>
    /// <exception cref="ObjectDisposedException">The trainer has been disposed.</exception>
    public void Save(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        _threads.ThrowIfDisposed();
        if (!Options.IsFirstProcess)
            return;
        _position.IsStopped = StopTraining;
        var file = new SafeTensorsFile(_layout, new(StateKey, StateVersion), new(OptimizerKey, Options.Optimizer.Name));
        SafeTensorsWriter.Declare(file, _layout);
        VisitAll(new StateDeclaration(_layout, file));
        file.StartData();
        SafeTensorsWriter.WriteWeights(file, _layout, MemoryMarshal.AsBytes(_workspace.Weights.ReadOnlySpan));
        VisitAll(new StateWriter(_layout, file));
        AtomicFile.Write(path, file.GetBytes());

        void VisitAll(StateVisitor state)
        {
            Visit(state, _position);
            VisitCallbacks(state);
        }
    }

    /// <summary>
    /// Goes on with a training that <see cref="Save"/> has saved. If that was in the middle of a <c>Fit</c>, the next <c>Fit</c> is to be called
    /// as that one was, with the same data, epochs and callbacks, and does what that one had left to do.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ModelFileException">
    /// The file is damaged, or is not of a training of this model with this optimizer, these metrics and batches; the message says what differs.
    /// Nothing has changed then.
    /// </exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="InvalidOperationException">A <c>Fit</c> has begun its epochs.</exception>
    /// <exception cref="ObjectDisposedException">The trainer has been disposed.</exception>
    public void Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        _threads.ThrowIfDisposed();
        if (_phase == FitPhase.Running)
            throw new InvalidOperationException("A training can be loaded before Fit or when it begins, not in its epochs.");
        var file = FileReading.Read(path);
        var header = SafeTensorsReader.Read(file, path, out var dataStart);
        var weights = ReadWeights(header, file.AsSpan(dataStart), path);
        var state = new StateReader(_layout, header, file, dataStart, path) { OnlyChecks = true };
        Visit(state, new TrainingPosition());
        state.CheckEnd("", exceptPrefix: CallbackPrefix);
        state.OnlyChecks = false;
        CheckFit(state);

        weights.ReadOnlySpan.CopyTo(_workspace.Weights.Span);
        var samples = _phase == FitPhase.Beginning ? _position.Samples : 0;
        Visit(state, _position);
        _resumes = _position.Samples > 0;
        if (!_resumes)
            _position.Begin(samples);
        _loadedCallbacks = _resumes ? state : null;
        StopTraining = _position.IsStopped;
    }

    private AlignedBuffer ReadWeights(SafeTensorsHeader header, ReadOnlySpan<byte> data, string source)
    {
        if (header.Find(StateKey) is not { } version)
            throw SafeTensorsReader.Error(source, "expected a training that a trainer has saved, found another file.");
        if (version != StateVersion)
            throw SafeTensorsReader.Error(source, $"expected a training in version '{StateVersion}', found version '{FileText.Escape(version)}'.");
        var tensors = new List<SafeTensorsEntry>();
        foreach (var entry in header.Tensors)
        {
            if (!StateReader.IsOfState(entry.Name))
                tensors.Add(entry);
        }

        var model = header with { Tensors = tensors };
        var packer = ModelStorage.CreatePacker(_layout, model, source);
        var optimizer = header.Find(OptimizerKey) ?? "none";
        if (optimizer != Options.Optimizer.Name)
        {
            throw SafeTensorsReader.Error(
                source, $"expected a training with the optimizer {Options.Optimizer.Name}, found {FileText.Escape(optimizer)}.");
        }

        var weights = new AlignedBuffer(_layout.WeightLength);
        packer.Pack(data, MemoryMarshal.AsBytes(weights.Span));
        return weights;
    }

    /// <summary>Checks that the <c>Fit</c> that a file is of can be gone on with.</summary>
    private void CheckFit(StateReader state)
    {
        var position = new TrainingPosition();
        Span<int> batches = [0, 0];
        state.Prefix = "fit/";
        position.Visit(state);
        state.Visit("batch_size", ref batches[0]);
        state.Visit("time_steps", ref batches[1]);
        var shards = Options.Shards;
        VisitShards(state, ref shards);
        if (shards != Options.Shards)
            throw state.Error($"expected a training with {Options.Shards} shards of a batch, found one with {shards}.");
        if (position.Samples == 0)
            return;
        if (batches[0] != Options.BatchSize || batches[1] != Options.TimeSteps)
        {
            throw state.Error(
                $"expected a training with batches of {Options.BatchSize} sequences of {Options.TimeSteps} time steps, found {batches[0]} of {batches[1]}.");
        }

        if (_phase != FitPhase.Beginning)
            return;
        if (position.Samples != _position.Samples)
            throw state.Error($"expected a training on {_position.Samples} samples, found one on {position.Samples}.");
        CheckCallbacks(state);
    }

    /// <summary>Shows all that training depends on but the weights and callbacks.</summary>
    private void Visit(StateVisitor state, TrainingPosition position)
    {
        var (batchSize, timeSteps, shards) = (Options.BatchSize, Options.TimeSteps, Options.Shards);
        state.Prefix = "fit/";
        position.Visit(state);
        state.Visit("batch_size", ref batchSize);
        state.Visit("time_steps", ref timeSteps);
        VisitShards(state, ref shards);
        state.Prefix = "random/";
        _random.Visit(state, "order");
        _dropoutKeys.Visit(state, "dropout");
        state.Prefix = "states/";
        if (Options.CarryState)
            state.Visit("carried", CarriedStates);
        state.Prefix = "metrics/";
        _trainingMetrics.Visit(state);
        state.Prefix = "optimizer/";
        _optimizer.Visit(state);
    }

    /// <summary>A training whose batches are not cut says nothing of it.</summary>
    private void VisitShards(StateVisitor state, ref int shards)
    {
        if (Options.Shards > 1)
            state.Visit("shards", ref shards);
    }

    private void VisitCallbacks(StateVisitor state)
    {
        var number = 0;
        foreach (var callback in _callbacks)
        {
            if (callback.StateName is not { } name)
                continue;
            state.Prefix = FormattableString.Invariant($"{CallbackPrefix}{number++}/{name}/");
            callback.Visit(state);
        }
    }

    /// <summary>Gives the callbacks of a <c>Fit</c> what has been loaded of them.</summary>
    /// <exception cref="ModelFileException">They are others.</exception>
    private void RestoreCallbacks()
    {
        if (_loadedCallbacks is not { } state)
            return;
        CheckCallbacks(state);
        VisitCallbacks(state);
        _loadedCallbacks = null;
    }

    private void CheckCallbacks(StateReader state)
    {
        state.OnlyChecks = true;
        VisitCallbacks(state);
        state.CheckEnd(CallbackPrefix);
        state.OnlyChecks = false;
    }
}
