using Listen;
using Samples;

if (args is [])
{
    Console.Error.WriteLine("Usage: listen FILE.wav ...");
    return 2;
}

try
{
    var features = new LogMel();
    foreach (var path in args)
    {
        var (digit, probability) = WordModel.Pretrained.Recognize(features.Compute(Wave.Read(File.ReadAllBytes(path), path)));
        Console.WriteLine(FormattableString.Invariant($"{WordModel.Words[digit]} {probability:F4}"));
    }

    return 0;
}
catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine($"listen: {exception.Message}");
    return 1;
}
