namespace NanoRnn;

public sealed partial class Trainer<TModel>
{
    /// <summary>
    /// The model's outputs for all samples of a dataset, batch by batch on the trainer's threads: the bits of the model's own <c>Predict</c>
    /// and <c>PredictBatch</c>. Targets are not read. Allocates nothing.
    /// </summary>
    /// <param name="dataset">Samples with the trainer's time steps and the model's input size, with or without targets.</param>
    /// <param name="outputs">
    /// Receives samples × output size floats; samples × time × output size if the model returns sequences, zero behind a sequence's end.
    /// </param>
    /// <exception cref="ArgumentException">
    /// The dataset is empty or has the wrong sizes, a token or length is out of its range, or the outputs have another length.
    /// </exception>
    /// <exception cref="InvalidOperationException">The model has a decoder: <c>Generate</c> predicts from it.</exception>
    /// <exception cref="ObjectDisposedException">The trainer has been disposed, also while this was running.</exception>
    public void Predict(SequenceDataset dataset, Span<float> outputs)
    {
        if (_layout.Decoder is not null)
            throw new InvalidOperationException($"{_layout.ModelName} has a decoder, which is given no targets here: use its Generate.");
        CheckInputs(dataset, nameof(dataset));
        var length = _positions * _layout.OutputSize;
        if (outputs.Length != (long)dataset.Count * length)
        {
            throw new ArgumentException(
                $"Expected {(long)dataset.Count * length} floats ({dataset.Count} samples of {length}), found {outputs.Length}.", nameof(outputs));
        }

        _workspace.IsTraining = false;
        _workspace.CarriesState = false;
        _threads.Begin();
        try
        {
            for (var first = 0; first < dataset.Count; first += Capacity)
            {
                StoreInputs(dataset, first, nameof(dataset));
                RunForward();
                var batch = outputs.Slice(first * length, _workspace.Rows * length);
                _workspace.Outputs.Span[..batch.Length].CopyTo(batch);
                ClearBehindEnds(batch);
            }
        }
        finally
        {
            _threads.End();
        }
    }

    private void ClearBehindEnds(Span<float> outputs)
    {
        if (!_workspace.HasLengths || !HasOutputPerStep)
            return;
        for (var row = 0; row < _workspace.Rows; row++)
            outputs[((row * _positions + Lengths[row]) * _layout.OutputSize)..((row + 1) * _positions * _layout.OutputSize)].Clear();
    }
}
