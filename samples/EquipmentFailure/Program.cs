using EquipmentFailure;
using Samples;

return CommandLine.Run(args, "EquipmentFailure", new Options { Epochs = EngineLife.Epochs }, options =>
    EngineLife.Run(options.Seed, options.Epochs, Console.Out, isLive: !Console.IsOutputRedirected));
