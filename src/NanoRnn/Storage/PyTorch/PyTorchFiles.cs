using System.Diagnostics.CodeAnalysis;

namespace NanoRnn.Storage;

/// <summary>Whether files of PyTorch's are loaded. A native binary whose project says that they are not is smaller.</summary>
internal static class PyTorchFiles
{
    private const string Switch = "NanoRnn.PyTorchFiles";

    /// <summary>They are, unless the project's property NanoRnnPyTorchFiles is false.</summary>
    [FeatureSwitchDefinition(Switch)]
    public static bool AreTaken => !AppContext.TryGetSwitch(Switch, out var isOn) || isOn;
}
