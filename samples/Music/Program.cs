using Music;
using Samples;

return CommandLine.Run(args, "Music", new Options { Epochs = ChoraleLearning.Epochs, Output = Path.Combine("artifacts", "music") }, options =>
{
    // First, so that a folder that cannot be had costs no training.
    Directory.CreateDirectory(options.Output!);

    var chorales = Chorales.Load(DataFile.PathOf("jsb-chorales-quarter.json.gz"));
    var model = ChoraleLearning.Run(chorales, options.Seed, options.Epochs, Console.Out, isLive: !Console.IsOutputRedirected).Model;
    var score = Composer.Compose(model, chorales.Test[0][0], options.Seed);
    score.Write(Console.Out);
    var path = Path.Combine(options.Output!, "chorale.mid");
    score.Save(path);
    Console.WriteLine();
    Console.WriteLine($"MIDI: {path}");
});
