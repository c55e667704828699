namespace NanoRnn.Behaviour;

/// <summary>Saves two models in turn to one file until the process is killed.</summary>
internal static class SaveLoop
{
    public const string Ready = "ready";
    public const int FirstSeed = 1;
    public const int SecondSeed = 2;

    public static void Run(string path, TextWriter writer)
    {
        Large[] models = [new(FirstSeed), new(SecondSeed)];
        models[0].Save(path);
        writer.WriteLine(Ready);
        writer.Flush();
        for (var i = 1; ; i = 1 - i)
            models[i].Save(path);
    }
}
