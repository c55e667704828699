using Samples;
using Sentiment;

string[] examples =
[
    "a warm, funny and thoroughly engaging film",
    "a dull and predictable story that goes on for far too long",
    "not without charm, but it never comes to life",
];
return CommandLine.Run(args, "Sentiment", new Options { Epochs = 5, Texts = examples }, options => SentimentAnalysis.Run(
    Review.Load(DataFile.PathOf("rt-polarity.pos"), DataFile.PathOf("rt-polarity.neg")),
    options.Seed, options.Epochs, options.Texts!, Console.Out, isLive: !Console.IsOutputRedirected));
