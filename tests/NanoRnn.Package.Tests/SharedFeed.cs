namespace NanoRnn.Package.Tests;

/// <summary>The tests that share <see cref="PackageFeed"/>.</summary>
[CollectionDefinition(Name)]
public sealed class SharedFeed : ICollectionFixture<PackageFeed>
{
    public const string Name = "Package";
}
