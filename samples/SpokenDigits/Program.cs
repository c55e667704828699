using Samples;
using SpokenDigits;

// What made the files of this sample and of samples/Listen.
switch (args)
{
    case ["features", var archive, var file]:
        RecordingArchive.Save(RecordingArchive.Convert(archive), file);
        return 0;
    case ["weights", var file]:
        var (training, _) = DigitRecognition.Split(Load());
        WordTraining.Train(training, seed: 0, DigitRecognition.Epochs, new NanoRnn.ProgressBar()).Save(file);
        return 0;
    default:
        var defaults = new Options { Epochs = DigitRecognition.Epochs, Output = Path.Combine("artifacts", "spoken-digits") };
        return CommandLine.Run(args, "SpokenDigits", defaults, options =>
            DigitRecognition.Run(Load(), options.Seed, options.Epochs, options.Output!, Console.Out, isLive: !Console.IsOutputRedirected));
}

static SpokenDigit[] Load() => RecordingArchive.Load(DataFile.PathOf("spoken-digits.bin.gz"));
