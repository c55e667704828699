using NanoRnn.CompilerServices;

namespace NanoRnn.Weights.Tests;

/// <summary>What a model with weights has, without its type.</summary>
public interface IPretrainedModel
{
    /// <summary>The path of the file that the weights came from.</summary>
    string Path { get; }

    /// <summary>The weights that the program contains, as they are packed.</summary>
    AlignedBuffer Pretrained { get; }

    /// <summary>The weights of a model that may be changed.</summary>
    AlignedBuffer LoadPretrained();

    /// <summary>The weights that the file gives at run time.</summary>
    AlignedBuffer Load();

    /// <summary>Writes the file anew.</summary>
    void Renew(string path);
}
