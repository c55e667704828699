namespace NanoRnn.Tool.Writing;

/// <summary>What an import writes.</summary>
/// <param name="Name">Name of the class.</param>
/// <param name="Model">The model.</param>
/// <param name="Text">The class.</param>
/// <param name="Weights">The weights as safetensors.</param>
/// <param name="Check">What it is checked with.</param>
/// <param name="Notes">What is to be known of it.</param>
internal sealed record ImportedFiles(string Name, ImportedModel Model, string Text, byte[] Weights, ModelCheck Check, IReadOnlyList<string> Notes)
{
    /// <summary>Beginning of the names of files.</summary>
    public string FileName => Name.ToLowerInvariant();
}
