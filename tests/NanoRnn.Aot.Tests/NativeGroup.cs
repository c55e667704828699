namespace NanoRnn.Aot.Tests;

/// <summary>Tests that share the published binaries.</summary>
[CollectionDefinition(Name)]
public sealed class NativeGroup : ICollectionFixture<NativePrograms>
{
    public const string Name = "native";
}
