namespace NanoRnn.Deployed.Tests;

/// <summary>A test with files of models in use, which are in the folder that the environment variable NANORNN_MODELS names.</summary>
internal sealed class ModelsFactAttribute : FactAttribute
{
    private static readonly string? Folder = Environment.GetEnvironmentVariable("NANORNN_MODELS");

    public ModelsFactAttribute()
    {
        if (!Directory.Exists(Folder))
            Skip = "Needs the files of models in use; set NANORNN_MODELS to their folder.";
    }

    /// <summary>The path of a file.</summary>
    public static string PathOf(params string[] names) => Path.Combine([Folder!, .. names]);
}
