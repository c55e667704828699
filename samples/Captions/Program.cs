using Captions;
using Digits;

var images = DigitImages.Load(Path.Combine(AppContext.BaseDirectory, "data", "digits.csv"));
Captioning.Run(images, epochs: 10, Console.Out, isLive: !Console.IsOutputRedirected);
