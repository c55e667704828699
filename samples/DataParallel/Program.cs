using DataParallel;
using NanoRnn.Mpi;
using Samples;

// The processes that mpirun has started; null without it, and the program trains alone, to the same weights.
using var processes = MpiProcessGroup.StartIfLaunched();
var defaults = new Options { Epochs = 4, Output = Path.Combine("artifacts", "data-parallel") };
return CommandLine.Run(args, "DataParallel", defaults, options => ChaoticTraining.Run(options, processes, Console.Out));
