return NanoRnn.Tool.CommandLine.Run(args, Console.Out, Console.Error);
