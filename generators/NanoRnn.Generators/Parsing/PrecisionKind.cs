namespace NanoRnn.Generators.Parsing;

/// <summary>How weights are stored. Same members as <c>NanoRnn.Precision</c>, same values.</summary>
internal enum PrecisionKind
{
    Float32,
    BFloat16,
    Float16,
    Int8,
}
