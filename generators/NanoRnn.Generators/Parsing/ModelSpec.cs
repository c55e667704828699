namespace NanoRnn.Generators.Parsing;

/// <summary>A valid model as its attributes describe it: all that the later rooms know of the user's code.</summary>
/// <param name="Type">The class and where it lies.</param>
/// <param name="InputSize">Features of one time step of the input.</param>
/// <param name="Layers">The layers in source order.</param>
internal sealed record ModelSpec(TypeSpec Type, int InputSize, EquatableArray<LayerSpec> Layers);

/// <summary>A class to be continued: its namespace and the partial types around it.</summary>
/// <param name="Namespace">The namespace, empty for the global one.</param>
/// <param name="Containers">Headers of the containing types, outermost first, such as <c>partial class Outer&lt;T&gt;</c>.</param>
/// <param name="Header">Header of the class itself, without its base list.</param>
/// <param name="Identifier">Its name as written in code, with type parameters: <c>@class</c>, <c>Model&lt;T&gt;</c>.</param>
/// <param name="ConstructorName">Its name as a constructor declares it.</param>
/// <param name="DisplayName">Its name as people read it.</param>
/// <param name="HintName">Unique name for generated files, without extension.</param>
internal sealed record TypeSpec(
    string Namespace,
    EquatableArray<string> Containers,
    string Header,
    string Identifier,
    string ConstructorName,
    string DisplayName,
    string HintName);

/// <summary>One layer.</summary>
/// <param name="Kind">Which layer.</param>
/// <param name="Name">Keras-style unique name.</param>
/// <param name="Units">Number of units.</param>
/// <param name="UseBias">Whether there is a bias.</param>
/// <param name="Activation">Activation of the output.</param>
/// <param name="RecurrentActivation">Activation of the gates, for gated cells.</param>
/// <param name="ReturnSequences">Whether a recurrent layer returns every step.</param>
/// <param name="UnitForgetBias">Whether an LSTM's forget bias starts at one.</param>
/// <param name="ResetAfter">Whether a GRU resets after the recurrent product.</param>
internal sealed record LayerSpec(
    LayerKind Kind,
    string Name,
    int Units,
    bool UseBias,
    ActivationKind Activation,
    ActivationKind RecurrentActivation,
    bool ReturnSequences,
    bool UnitForgetBias,
    bool ResetAfter);

/// <summary>The layers that attributes can name.</summary>
internal enum LayerKind
{
    Dense,
    SimpleRnn,
    Lstm,
    Gru,
}

/// <summary>The runtime library's <c>Activation</c>, value by value.</summary>
internal enum ActivationKind
{
    Linear,
    Relu,
    LeakyRelu,
    Elu,
    Selu,
    Softplus,
    Softsign,
    Tanh,
    Sigmoid,
    HardSigmoid,
    Silu,
    Gelu,
    Exponential,
    Softmax,
}
