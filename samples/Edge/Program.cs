using Edge;
using NanoRnn;

try
{
    var options = Options.Parse(args);
    var hasWeights = Path.Exists(options.Weights);
    switch (options.Verb)
    {
        case Verb.Predict:
            Prediction.Run(hasWeights ? Forecaster.Load(options.Weights!) : Forecaster.Pretrained, options.Statistics);
            break;
        case Verb.Learn:
            Learning.Run(hasWeights ? Forecaster.Load(options.Weights!) : Forecaster.LoadPretrained(), options.Weights!);
            break;
        case Verb.Live:
            LiveForecasting.Run(hasWeights ? Forecaster.Load(options.Weights!) : Forecaster.LoadPretrained(), options.Weights!);
            break;
        case Verb.Train:
            Training.Run(options.Weights!);
            break;
        default:
            Message.Write(Options.Usage);
            break;
    }

    return 0;
}
catch (UsageException exception)
{
    Message.Write($"{exception.Message}\n{Options.Usage}");
    return 2;
}
catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidOperationException)
{
    Message.Write(exception.Message);
    return 1;
}
