namespace NanoRnn.Tool.Recognition;

/// <summary>A layer normalization that is made of single operators.</summary>
internal static class NormalizationPattern
{
    /// <summary><c>(x − mean(x)) · 1/√(mean((x − mean(x))²) + ε)</c>, or null.</summary>
    /// <param name="centred">The first factor.</param>
    /// <param name="factor">The second factor.</param>
    public static Value? Match(Value centred, Value factor)
    {
        if (centred is not Value.Merge { Kind: MergeKind.Subtract } difference || Repeated(difference.Right) is not Value.Mean mean || mean.Source != difference.Left)
            return null;
        if (Inverse(Repeated(factor)) is not Value.Scale { Factors: [1], Offsets: [var epsilon] } sum || epsilon <= 0)
            return null;
        if (sum.Source is not Value.Mean { Source: Value.Function { Definition: { Name: "Square" } or { Name: "Pow", Alpha: 2 } } square } || square.Source != centred)
            return null;
        var (gamma, beta) = (new double[centred.Features], new double[centred.Features]);
        Array.Fill(gamma, 1);
        return ValueBuilder.Normalized(difference.Left, gamma, beta, epsilon);
    }

    /// <summary>The number of which a value is the inverse of the root.</summary>
    private static Value? Inverse(Value? value) => value switch
    {
        Value.Function { Definition.Name: "Reciprocal", Source: Value.Function { Definition: { Name: "Sqrt" } or { Name: "Pow", Alpha: 0.5 } } root } => root.Source,
        Value.Function { Definition: { Name: "Pow", Alpha: -0.5 } } power => power.Source,
        _ => null,
    };

    /// <summary>The one number that a value repeats for all features.</summary>
    private static Value? Repeated(Value value) => value switch
    {
        { Features: 1 } => value,
        Value.Select { Source.Features: 1 } select => select.Source,
        _ => null,
    };
}
