extern alias generators;

using System.Reflection;
using generators::NanoRnn.Generators;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using NanoRnn.Generators.Tests.Infrastructure;

namespace NanoRnn.Instructions.Tests;

/// <summary>A test host and the runtime below it, compiled from their sources for a <see cref="Processor"/>.</summary>
internal static class CompiledHost
{
    private const string ImplicitUsings =
        """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.Preview);

    private static readonly string Root = Metadata("RepositoryRoot");

    /// <summary>Writes the code that calls a native library.</summary>
    private static readonly ISourceGenerator[] LibraryImport =
        [.. new AnalyzerFileReference(Path.Combine(Metadata("FrameworkGenerators"), "Microsoft.Interop.LibraryImportGenerator.dll"), new AnalyzerLoader()).GetGenerators(LanguageNames.CSharp)];

    private static readonly IReadOnlyList<MetadataReference> Framework = FindFramework();

    /// <summary>Compiles both into a folder, beside what else the host needs.</summary>
    /// <returns>The path of the program.</returns>
    public static string Compile(string host, Processor processor, string folder)
    {
        foreach (var file in new[] { $"{host}.deps.json", $"{host}.runtimeconfig.json", "System.Numerics.Tensors.dll" })
            File.Copy(Path.Combine(AppContext.BaseDirectory, file), Path.Combine(folder, file), overwrite: true);
        var runtime = Emit(CompileRuntime(processor), folder);
        return Emit(CompileModels(host, processor, runtime), folder);
    }

    private static Compilation CompileRuntime(Processor processor)
    {
        var sources = processor.Rewrite(SourcesIn("src/NanoRnn"));
        var instructions = File.ReadAllText(Path.Combine(Root, "tests/NanoRnn.Instructions.Tests/SoftwareInstructions.cs"));
        var compilation = Create(
            "NanoRnn", OutputKind.DynamicallyLinkedLibrary, [.. sources, instructions], MetadataReference.CreateFromFile(Library("System.Numerics.Tensors.dll")));
        CSharpGeneratorDriver.Create(LibraryImport, parseOptions: ParseOptions).RunGeneratorsAndUpdateCompilation(compilation, out var complete, out _);
        return complete;
    }

    private static CSharpCompilation CompileModels(string host, Processor processor, string runtime)
    {
        var compilation = Create(
            host, OutputKind.ConsoleApplication, [.. SourcesIn($"tests/{host}"), "global using System.Linq;"], MetadataReference.CreateFromFile(runtime));
        var driver = CSharpGeneratorDriver.Create(
            [new RnnModelGenerator().AsSourceGenerator()], null, ParseOptions, new ProjectProperty("NanoRnnVectorWidths", $"{processor.Width}"));
        var result = driver.RunGenerators(compilation).GetRunResult();
        Assert.DoesNotContain(result.Diagnostics, diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning);
        return compilation.AddSyntaxTrees(
            result.GeneratedTrees.Select(tree => CSharpSyntaxTree.ParseText(processor.RewriteGenerated(tree.ToString()), ParseOptions)));
    }

    private static CSharpCompilation Create(string name, OutputKind kind, IEnumerable<string> sources, MetadataReference reference) =>
        CSharpCompilation.Create(
            name,
            sources.Append(ImplicitUsings).Select(source => CSharpSyntaxTree.ParseText(source, ParseOptions)),
            [.. Framework, reference],
            new CSharpCompilationOptions(
                kind, optimizationLevel: OptimizationLevel.Release, nullableContextOptions: NullableContextOptions.Enable, allowUnsafe: true));

    private static string Emit(Compilation compilation, string folder)
    {
        var path = Path.Combine(folder, $"{compilation.AssemblyName}.dll");
        var result = compilation.Emit(path);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)));
        return path;
    }

    private static IEnumerable<string> SourcesIn(string project)
    {
        var folder = Path.Combine(Root, project);
        return Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Where(file => Path.GetRelativePath(folder, file).Split(Path.DirectorySeparatorChar)[0] is not ("bin" or "obj"))
            .Order(StringComparer.Ordinal)
            .Select(File.ReadAllText);
    }

    private static string Metadata(string key) =>
        typeof(CompiledHost).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == key).Value!;

    private static string Library(string file) => Path.Combine(AppContext.BaseDirectory, file);

    private static MetadataReference[] FindFramework()
    {
        var runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        var platform = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);
        return [.. platform.Where(path => Path.GetDirectoryName(path) == runtime).Select(path => MetadataReference.CreateFromFile(path))];
    }

    private sealed class AnalyzerLoader : IAnalyzerAssemblyLoader
    {
        public void AddDependencyLocation(string fullPath)
        {
        }

        public Assembly LoadFromPath(string fullPath) => Assembly.LoadFrom(fullPath);
    }
}
