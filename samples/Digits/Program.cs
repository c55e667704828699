using Digits;

var images = DigitImages.Load(Path.Combine(AppContext.BaseDirectory, "data", "digits.csv"));
DigitClassification.Run(images, Console.Out, isLive: !Console.IsOutputRedirected);
