using Denoiser;
using NanoRnn;
using Samples;

var defaults = new Options { Epochs = DenoiserTraining.Epochs, Output = Path.Combine("artifacts", "denoiser"), Texts = [] };
return CommandLine.Run(args, "Denoiser", defaults, options =>
{
    // First, so that a folder that cannot be had costs no training.
    Directory.CreateDirectory(options.Output!);
    switch (options.Texts)
    {
        case []:
            Demonstration.Run(DenoiserModel.Pretrained, LoadVoices().Unheard, options.Output!, Console.Out);
            break;
        case ["train"]:
            var (heard, unheard) = LoadVoices();
            Console.WriteLine(DenoiserModel.Summary);
            var model = DenoiserTraining.Train(heard, options.Seed, options.Epochs, new ProgressBar(Console.Out, !Console.IsOutputRedirected));
            model.Save(Path.Combine(options.Output!, "denoiser.safetensors"));
            Demonstration.Run(model, unheard, options.Output!, Console.Out);
            break;
        default:
            foreach (var path in options.Texts!)
                Clean(path, Path.Combine(options.Output!, Path.GetFileName(path)));
            break;
    }
});

static (Voice[] Heard, Voice[] Unheard) LoadVoices() => Voice.Split(Voice.Load(DataFile.PathOf("recordings.tar.gz")));

static void Clean(string path, string target)
{
    if (Path.GetFullPath(path) == Path.GetFullPath(target))
        throw new IOException($"{path} would be written over; choose another folder with --output.");
    var samples = Wave.Read(File.ReadAllBytes(path), path);
    Wave.Save(target, Samples16.FromFloats(NoiseSuppressor.Process(DenoiserModel.Pretrained, Samples16.ToFloats(samples)).Left));
    Console.WriteLine(target);
}
