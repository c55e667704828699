using NanoRnn.Generators.Parsing.Functions;

namespace NanoRnn.Generators.Parsing;

/// <summary>A valid model as its attributes describe it: all that the later rooms know of the user's code.</summary>
/// <param name="Type">The class and where it lies.</param>
/// <param name="InputSize">Features of one time step of the input; 1 where it is a token.</param>
/// <param name="Layers">The layers in source order.</param>
/// <param name="Outputs">Numbers of the layers whose outputs are the model's; none where it is the last one's.</param>
/// <param name="Losses">The class's methods that are losses.</param>
/// <param name="Options">What the model's own attribute says.</param>
internal sealed record ModelSpec(
    TypeSpec Type,
    int InputSize,
    EquatableArray<LayerSpec> Layers,
    EquatableArray<int> Outputs,
    EquatableArray<UserFunction> Losses,
    ModelOptions Options)
{
    /// <summary>The number that stands for the model's input among those of layers.</summary>
    public const int ModelInput = -1;

    /// <summary>The name by which layers read the model's input.</summary>
    public const string ModelInputName = "input";

    /// <summary>Whether some layer reads another one than that above it, or the outputs are those of named layers.</summary>
    public bool IsGraph => Outputs.Count > 0 || Layers.Where((layer, i) => !layer.ReadsAbove(i)).Any();

    /// <summary>The name of a layer by its number, or of the input.</summary>
    public string NameOf(int layer) => layer == ModelInput ? ModelInputName : Layers[layer].Name;

    /// <summary>Whether the model's input is one token per step instead of floats.</summary>
    public bool TakesTokens => Layers[0].Kind == LayerKind.Embedding;

    /// <summary>Whether some steps of the input can be skipped.</summary>
    public bool Masks => Layers[0].Masks;
}

/// <summary>A class to be continued: its namespace and the partial types around it.</summary>
/// <param name="Namespace">The namespace, empty for the global one.</param>
/// <param name="Containers">Headers of the containing types, outermost first, such as <c>partial class Outer&lt;T&gt;</c>.</param>
/// <param name="Header">Header of the class itself, without its base list.</param>
/// <param name="Identifier">Its name as written in code, with type parameters: <c>@class</c>, <c>Model&lt;T&gt;</c>.</param>
/// <param name="ConstructorName">Its name as a constructor declares it.</param>
/// <param name="DisplayName">Its name as people read it.</param>
/// <param name="HintName">Unique name for generated files, without extension.</param>
/// <param name="MetadataName">The name by which a compilation finds it: <c>App.Outer`1+Model</c>.</param>
internal sealed record TypeSpec(
    string Namespace,
    EquatableArray<string> Containers,
    string Header,
    string Identifier,
    string ConstructorName,
    string DisplayName,
    string HintName,
    string MetadataName);
