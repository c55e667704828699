namespace NanoRnn;

/// <summary>
/// Marks a <c>static CellDefinition Name(CellBuilder cell)</c> as the description of a recurrent cell, for
/// <see cref="CustomRnnAttribute"/>. The method is read at compile time and never runs; docs/cells.md says what it may contain.
/// </summary>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class CellAttribute : Attribute;
