using Translation;

DateTranslation.Run(epochs: 15, Console.Out, isLive: !Console.IsOutputRedirected);
