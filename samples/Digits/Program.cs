using Digits;

var images = DigitImages.Load(Path.Combine(AppContext.BaseDirectory, "data", "digits.csv"));
DigitClassification.Run(images, Path.Combine("artifacts", "digits"), Console.Out, isLive: !Console.IsOutputRedirected);
