using Samples;
using Subwords;
using TextGeneration;

return CommandLine.Run(args, "Subwords", new Options { Epochs = 4 }, options =>
{
    var model = new SubwordModel(options.Seed);
    TextGenerator.Run(
        File.ReadAllText(DataFile.PathOf("shakespeare.txt")), SubwordModel.LearnTokens, model, () => model.CreateSession().Step,
        options.Epochs, "2.288 by characters", Console.Out, isLive: !Console.IsOutputRedirected);
});
