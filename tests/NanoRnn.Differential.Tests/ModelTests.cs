using System.Runtime.Loader;
using NanoRnn.Differential.Compilation;
using NanoRnn.Differential.Grammar;
using NanoRnn.Differential.Running;

namespace NanoRnn.Differential.Tests;

/// <summary>The short form of the search: some models of the grammar, in this process.</summary>
public sealed class ModelTests
{
    private const ulong Seed = 12;
    private const int Count = 4;

    [Fact]
    public void ModelsOfTheGrammarPassEveryCheck() =>
        AssertPass([.. Enumerable.Range(0, Count).Select(i => ModelGrammar.Write(Seed + (ulong)i))]);

    [Fact]
    public void EveryFunctionPassesEveryCheck() => AssertPass([.. ModelGrammar.WriteFunctions(Seed)]);

    private static void AssertPass(ModelTerm[] models)
    {
        var compiled = ModelCompiler.Compile([.. models], "256");
        Assert.Empty(compiled.Failures);
        var context = new AssemblyLoadContext("Models", isCollectible: true);
        var assembly = context.LoadFromStream(new MemoryStream(compiled.Assembly!));
        for (var i = 0; i < models.Length; i++)
        {
            var failure = CaseRunner.Find(assembly.GetType($"Model{i}")!, i, models[i].DataSeed);
            Assert.True(failure is null, $"{failure?.Check}: {failure?.Message}\n{models[i].ToSource("Found")}");
        }

        context.Unload();
    }
}
