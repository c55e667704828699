using Translation;

DateTranslation.Run(epochs: 10, Console.Out, isLive: !Console.IsOutputRedirected);
