namespace NanoRnn.Samples.Tests;

/// <summary>How samples refuse data.</summary>
internal static class Refusal
{
    /// <summary>Has a file loaded that is not what it should be.</summary>
    /// <param name="lines">The file.</param>
    /// <param name="load">Loads it from its path.</param>
    /// <returns>The message.</returns>
    public static string Of(string[] lines, Action<string> load)
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllLines(path, lines);
            return Assert.Throws<InvalidDataException>(() => load(path)).Message;
        }
        finally
        {
            File.Delete(path);
        }
    }
}
