namespace NanoRnn.Tool.Writing;

/// <summary>A layer as its attribute says it.</summary>
/// <param name="Kind">The attribute's name.</param>
/// <param name="Arguments">What stands in front of the options, such as <c>32</c>.</param>
/// <param name="Inputs">Numbers of the layers that it reads; −1 is the model's input.</param>
internal sealed class ImportedLayer(string kind, string arguments, IReadOnlyList<int> inputs)
{
    public string Kind { get; } = kind;

    public string Arguments { get; } = arguments;

    public IReadOnlyList<int> Inputs { get; } = inputs;

    /// <summary>Options and their values as C# has them, in order.</summary>
    public List<(string Name, string Value)> Options { get; } = [];

    /// <summary>Tensors by the ends of their names.</summary>
    public List<ImportedTensor> Tensors { get; } = [];

    /// <summary>What the layer has to be called; null for the name that it has by itself.</summary>
    public string? GivenName { get; set; }

    /// <summary>What it is called.</summary>
    public string Name { get; set; } = "";

    /// <summary>Whether it lists what it reads.</summary>
    public bool IsMerge => Kind is "Concatenate" or "Add" or "Subtract" or "Multiply";

    /// <summary>Whether it reads a query, values and keys.</summary>
    public bool IsAttention => Kind is "Attention" or "AdditiveAttention";

    public ImportedLayer With(string option, string value)
    {
        Options.Add((option, value));
        return this;
    }

    public ImportedLayer With(string tensor, int[] shape, double[]? values)
    {
        if (values is not null)
            Tensors.Add(new ImportedTensor(tensor, shape, values));
        return this;
    }
}
