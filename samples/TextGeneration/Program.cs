using Samples;
using TextGeneration;

return CommandLine.Run(args, "TextGeneration", new Options { Epochs = 4 }, options =>
{
    var model = CharacterModel.Create(options.Seed);
    TextGenerator.Run(
        File.ReadAllText(DataFile.PathOf("shakespeare.txt")), CharacterModel.LearnTokens, model, () => model.CreateSession().Step,
        options.Epochs, $"{CharacterModel.Reference:F3} with PyTorch", Console.Out, isLive: !Console.IsOutputRedirected);
});
