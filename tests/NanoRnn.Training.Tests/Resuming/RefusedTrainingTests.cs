using System.Buffers.Binary;
using System.Text;
using NanoRnn.Training.Tests.Callbacks;

namespace NanoRnn.Training.Tests.Resuming;

/// <summary>A file that is not of this training is refused with what differs, and changes nothing.</summary>
public sealed class RefusedTrainingTests : IDisposable
{
    private static readonly SequenceDataset Data = FitData.Create(12);
    private static readonly TrainerOptions Options = FitData.Options with { Optimizer = Optimizer.Adam(), Metrics = [Metric.MeanAbsoluteError] };

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nanornn");

    private string File => Path.Combine(_folder.FullName, "training.safetensors");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void OtherTrainingsAreRefused()
    {
        Refused<Classifier>("layer 1 is Lstm 'lstm' in the file, Gru 'gru' in the model", Options with { Loss = Loss.CategoricalCrossentropy, Metrics = [] });
        Refused<Forecaster>("expected a training with the optimizer RmsProp, found Adam", Options with { Optimizer = Optimizer.RmsProp() });
        Refused<Forecaster>("this training has 'optimizer/velocity_hat/lstm.kernel', the file has not", Options with { Optimizer = Optimizer.Adam(amsgrad: true) });
        Refused<Forecaster>("this training has 'optimizer/average/lstm.kernel', the file has not", Options with { Optimizer = Options.Optimizer with { UseEma = true } });
        Refused<Forecaster>("this training has 'metrics/r2_score', the file has not", Options with { Metrics = [Metric.MeanAbsoluteError, Metric.R2Score] });
        Refused<Forecaster>("the file has 'metrics/mean_absolute_error', this training has not", Options with { Metrics = [] });
        Refused<Forecaster>("this training has 'states/carried', the file has not", Options with { CarryState = true, Shuffle = false });
        Refused<Forecaster>("expected a training with batches of 3 sequences of 5 time steps, found 4 of 5", Options with { BatchSize = 3 });
        Refused<Forecaster>("expected a training with batches of 4 sequences of 6 time steps, found 4 of 5", Options with { TimeSteps = 6 });
    }

    [Fact]
    public void OtherFilesAreRefused()
    {
        SaveInFit();
        var bytes = System.IO.File.ReadAllBytes(File);
        Rewrite(bytes.AsSpan(0, bytes.Length - 1));
        RefusedNow<Forecaster>("it is truncated", Options);
        Rewrite(bytes.AsSpan(0, 5));
        RefusedNow<Forecaster>("the file is truncated", Options);
        Rewrite(Replace(bytes, "\"training\":\"1\"", "\"training\":\"2\""));
        RefusedNow<Forecaster>("expected a training in version '1', found version '2'", Options);
        Rewrite(Replace(bytes, "optimizer/velocity/lstm.kernel", "optimizer/velocity/lstm.kerne1"));
        RefusedNow<Forecaster>("this training has 'optimizer/velocity/lstm.kernel', the file has not", Options);
        Rewrite(Replace(bytes, "\"fit/epoch\":{\"dtype\":\"I32\"", "\"fit/epoch\":{\"dtype\":\"F32\""));
        RefusedNow<Forecaster>("tensor 'fit/epoch': expected dtype I32, found F32", Options);
        Rewrite(Replace(bytes, "activation=tanh", "activation=relu"));
        RefusedNow<Forecaster>("activation relu in the file, tanh in the model", Options);
        new Forecaster().Save(File);
        RefusedNow<Forecaster>("expected a training that a trainer has saved, found another file", Options);
        WriteWeight(bytes, float.NaN);
        RefusedNow<Forecaster>("expected finite weights, found NaN", Options);
        Assert.Throws<FileNotFoundException>(() => CreateTrainer<Forecaster>(Options).Load(File + "2"));
    }

    [Fact]
    public void OtherDatasetIsRefused()
    {
        SaveInFit();
        using var trainer = CreateTrainer<Forecaster>(Options);
        trainer.Load(File);
        var before = FitData.WeightsOf(trainer);
        Assert.Contains(
            "Expected the 12 samples of the training that was loaded, the dataset has 11",
            Assert.Throws<ArgumentException>(() => trainer.Fit(Data.Take(11), 3)).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "The training that was loaded has done 2 epochs", Assert.Throws<ArgumentOutOfRangeException>(() => trainer.Fit(Data, 1)).Message, StringComparison.Ordinal);
        Assert.Equal(before, FitData.WeightsOf(trainer));
        Assert.Equal(2, trainer.Fit(Data, 4).Epochs);

        // A callback is refused before anything has changed.
        using var other = CreateTrainer<Forecaster>(Options);
        before = FitData.WeightsOf(other);
        Assert.Contains(
            "expected a training on 11 samples, found one on 12",
            Assert.Throws<ModelFileException>(() => other.Fit(Data.Take(11), 3, null, new BackupAndRestore(File))).Message,
            StringComparison.Ordinal);
        Assert.Equal(before, FitData.WeightsOf(other));
    }

    [Fact]
    public void OtherCallbacksAreRefused()
    {
        SaveInFit(new ReduceLROnPlateau("loss"));
        using var trainer = CreateTrainer<Forecaster>(Options);
        var before = FitData.WeightsOf(trainer);
        Refused("this training has 'callback/0/early_stopping/best', the file has not", new EarlyStopping("loss"), new BackupAndRestore(File));
        Refused("the file has 'callback/0/reduce_lr_on_plateau/best', this training has not", new BackupAndRestore(File));
        Assert.Equal(before, FitData.WeightsOf(trainer));
        trainer.Load(File);
        Refused("the file has 'callback/0/reduce_lr_on_plateau/best', this training has not");
        Assert.Equal(2, trainer.Fit(Data, 4, null, new ReduceLROnPlateau("loss")).Epochs);

        void Refused(string message, params Callback[] callbacks) => Assert.Contains(
            message, Assert.Throws<ModelFileException>(() => trainer.Fit(Data, 4, null, callbacks)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void LoadIsNotForEpochs()
    {
        SaveInFit();
        using var trainer = CreateTrainer<Forecaster>(Options);
        Assert.Throws<InvalidOperationException>(() => trainer.Fit(Data, 1, null, new LoadInBatch(File)));
        trainer.Dispose();
        Assert.Throws<ObjectDisposedException>(() => trainer.Load(File));
        Assert.Throws<ObjectDisposedException>(() => trainer.Save(File));
    }

    [Fact]
    public void WeightsThatAreNotFiniteAreNotSaved()
    {
        using var trainer = CreateTrainer<Forecaster>(Options);
        trainer.Save(File);
        var before = System.IO.File.ReadAllBytes(File);
        var weights = FitData.WeightsOf(trainer);
        weights[0] = float.NaN;
        trainer.CopyWeightsFrom(weights);
        Assert.Contains("has the value NaN", Assert.Throws<InvalidOperationException>(() => trainer.Save(File)).Message, StringComparison.Ordinal);
        Assert.Equal(before, System.IO.File.ReadAllBytes(File));
        Assert.Single(_folder.GetFiles());
    }

    private static Trainer<TModel> CreateTrainer<TModel>(TrainerOptions options)
        where TModel : class, CompilerServices.IRnnModel<TModel> => new(TModel.Create(new CompilerServices.AlignedBuffer(TModel.Layout.WeightLength)), options);

    private static byte[] Replace(byte[] file, string text, string with)
    {
        var changed = Encoding.Latin1.GetString(file).Replace(text, with, StringComparison.Ordinal);
        return Encoding.Latin1.GetBytes(changed);
    }

    /// <summary>Saves after the first batch of the third epoch of four.</summary>
    private void SaveInFit(params Callback[] callbacks)
    {
        using var trainer = new Trainer<Forecaster>(new Forecaster(), Options);
        Assert.Throws<OperationCanceledException>(() => trainer.Fit(Data, 4, null, [.. callbacks, new SaveOnce(File)]));
    }

    private void Refused<TModel>(string message, TrainerOptions options)
        where TModel : class, CompilerServices.IRnnModel<TModel>
    {
        SaveInFit();
        RefusedNow<TModel>(message, options);
    }

    private void RefusedNow<TModel>(string message, TrainerOptions options)
        where TModel : class, CompilerServices.IRnnModel<TModel>
    {
        using var trainer = CreateTrainer<TModel>(options);
        using var untouched = CreateTrainer<TModel>(options);
        var exception = Assert.Throws<ModelFileException>(() => trainer.Load(File));
        Assert.StartsWith(File + ": ", exception.Message, StringComparison.Ordinal);
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);

        // The next step is that of a trainer that has not tried it.
        var (inputs, targets) = (new float[options.BatchSize * options.TimeSteps * 2], new float[options.BatchSize * TModel.Layout.OutputSize]);
        targets.AsSpan().Fill(0.5f);
        foreach (var one in (ReadOnlySpan<Trainer<TModel>>)[trainer, untouched])
            one.TrainBatch(inputs, targets);
        Assert.Equal(FitData.WeightsOf(untouched), FitData.WeightsOf(trainer));
        Assert.Equal(untouched.LearningRate, trainer.LearningRate);
    }

    private void Rewrite(ReadOnlySpan<byte> bytes) => System.IO.File.WriteAllBytes(File, bytes);

    private void WriteWeight(byte[] file, float weight)
    {
        var changed = file.ToArray();
        BinaryPrimitives.WriteSingleLittleEndian(changed.AsSpan(8 + (int)BinaryPrimitives.ReadUInt64LittleEndian(changed)), weight);
        Rewrite(changed);
    }

    private sealed class SaveOnce(string path) : Callback
    {
        public override void OnBatchEnd(in BatchReport report)
        {
            if (report.Epoch != 3)
                return;
            Trainer.Save(path);
            throw new OperationCanceledException();
        }
    }

    private sealed class LoadInBatch(string path) : Callback
    {
        public override void OnBatchEnd(in BatchReport report) => Trainer.Load(path);
    }
}
