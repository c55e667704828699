namespace NanoRnn.Differential.Grammar;

/// <summary>How the grammar writes a kind of layer. A new layer is a class here, and a line in <see cref="ModelGrammar"/>.</summary>
internal interface ILayerRule
{
    /// <summary>How often it is chosen where it fits, beside the others.</summary>
    int Weight { get; }

    /// <summary>Whether the layer can come next.</summary>
    bool Fits(NetworkShape shape);

    /// <summary>A layer of this kind with random options.</summary>
    LayerTerm Write(NetworkShape shape);
}
