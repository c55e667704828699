namespace NanoRnn.Package.Tests;

/// <summary>Sources of the applications that the tests build.</summary>
internal static class Programs
{
    public const string Executable = "<OutputType>Exe</OutputType>";

    public const string Model =
        """
        using NanoRnn;

        namespace Networks;

        [RnnModel(InputSize = 1)]
        [Lstm(10)]
        [Dense(1)]
        public sealed partial class Forecaster;

        """;

    /// <summary>Trains the model and prints every bit of its losses and forecasts; then which vectors the program uses.</summary>
    public const string Training =
        """
        using System.Runtime.Intrinsics;
        using System.Runtime.Intrinsics.X86;
        using NanoRnn;
        using Networks;

        var series = Enumerable.Range(0, 60).Select(t => (t * 7 % 13) / 13f).ToArray();
        var model = new Forecaster(seed: 42);
        using var trainer = new Trainer<Forecaster>(model, new TrainerOptions
        {
            Loss = Loss.MeanSquaredError, Optimizer = Optimizer.Adam(learningRate: 1e-2f), BatchSize = 8, TimeSteps = 5,
        });
        var history = trainer.Fit(SequenceDataset.FromWindows(series, window: 5, horizon: 1), epochs: 2);
        using var session = model.CreateSession();
        Span<float> next = stackalloc float[1];
        var bits = history.Loss.Select(BitConverter.SingleToUInt32Bits).ToList();
        foreach (var value in series)
        {
            session.Step([value], next);
            bits.Add(BitConverter.SingleToUInt32Bits(next[0]));
        }
        Console.WriteLine("bits " + string.Join(' ', bits.Select(value => value.ToString("x8"))));
        Console.WriteLine($"vectors {Vector128.IsHardwareAccelerated} {Vector256.IsHardwareAccelerated} {Vector512.IsHardwareAccelerated} fma {Fma.IsSupported}");

        """;

    public static string Reference(string version) => $"""<PackageReference Include="NanoRnn" Version="{version}" />""";

    /// <summary>The line of an output that begins with a word.</summary>
    public static string Line(string output, string word) =>
        Assert.Single(output.Split('\n'), line => line.StartsWith(word + " ", StringComparison.Ordinal)).TrimEnd();
}
