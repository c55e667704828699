namespace System.Diagnostics.CodeAnalysis;

/// <summary>Marks what the trimmer may replace by a constant.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class FeatureSwitchDefinitionAttribute(string switchName) : Attribute
{
    public string SwitchName => switchName;
}
