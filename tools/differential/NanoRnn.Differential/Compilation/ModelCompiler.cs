extern alias generators;

using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NanoRnn.Differential.Grammar;
using generators::NanoRnn.Generators;

namespace NanoRnn.Differential.Compilation;

/// <summary>From models to an assembly, through the generator and the C# compiler of this process.</summary>
internal static partial class ModelCompiler
{
    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.Latest);

    private static readonly CSharpCompilation Empty = CSharpCompilation.Create(
        "Models",
        [Parse("global using System;\nglobal using NanoRnn;\nglobal using NanoRnn.Tests.Cells;\n"), Parse(ReadCells())],
        FindReferences(),
        new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary,
            optimizationLevel: OptimizationLevel.Release,
            checkOverflow: true,
            nullableContextOptions: NullableContextOptions.Enable,
            warningLevel: 0));

    /// <summary>Compiles some models, <c>Model0</c>, <c>Model1</c>, …; one that cannot be compiled is left out, and a failure says why.</summary>
    /// <param name="models">The models.</param>
    /// <param name="widths">The vector widths to compile, with commas between them; the kernels of plain floats are always compiled.</param>
    public static CompiledModels Compile(ImmutableArray<ModelTerm> models, string widths)
    {
        var failures = new List<CaseFailure>();
        if (TryCompile(models, Enumerable.Range(0, models.Length), widths, out var refused) is { } assembly && refused.Count == 0)
            return new(assembly, []);

        // One by one, to know which it is.
        var good = new List<int>();
        for (var i = 0; i < models.Length; i++)
        {
            TryCompile(models, [i], widths, out refused);
            if (refused.Count == 0)
                good.Add(i);
            else
                failures.Add(new(i, "Generator", string.Join(" ", refused)));
        }

        return new(good.Count == 0 ? null : TryCompile(models, good, widths, out _), [.. failures]);
    }

    private static byte[]? TryCompile(ImmutableArray<ModelTerm> models, IEnumerable<int> chosen, string widths, out List<string> refused)
    {
        var input = Empty.AddSyntaxTrees(chosen.Select(i => Parse(models[i].ToSource($"Model{i}"))));
        var result = CSharpGeneratorDriver.Create([new RnnModelGenerator().AsSourceGenerator()], null, ParseOptions, new ProjectWidths(widths))
            .RunGenerators(input).GetRunResult();
        refused = [.. result.Results.Where(part => part.Exception is not null).Select(part => $"The generator threw {part.Exception}.")];
        refused.AddRange(result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Select(diagnostic => diagnostic.ToString()));
        var generated = result.GeneratedTrees.Select(tree => Path.GetFileName(tree.FilePath)).ToHashSet(StringComparer.Ordinal);
        if (refused.Count == 0)
            refused.AddRange(chosen.Where(i => !generated.Contains($"Model{i}.g.cs")).Select(i => $"The generator makes nothing of Model{i}."));
        if (refused.Count > 0)
            return null;
        using var assembly = new MemoryStream();
        var emitted = input.AddSyntaxTrees(result.GeneratedTrees.Select(Redirect)).Emit(assembly);
        refused.AddRange(emitted.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Select(diagnostic => diagnostic.ToString()));
        return refused.Count > 0 ? null : assembly.ToArray();
    }

    /// <summary>Lets a generated file ask <see cref="Dispatch"/> instead of the hardware.</summary>
    private static SyntaxTree Redirect(SyntaxTree generated) => Parse(
        HardwareQuestion().Replace(generated.ToString(), $"global::{typeof(Dispatch).FullName}.Has$1"));

    [GeneratedRegex(@"\bVector(512|256|128)\.IsHardwareAccelerated\b")]
    private static partial Regex HardwareQuestion();

    private static SyntaxTree Parse(string source) => CSharpSyntaxTree.ParseText(source, ParseOptions);

    private static string ReadCells()
    {
        using var stream = typeof(ModelCompiler).Assembly.GetManifestResourceStream("OwnCells.cs")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    /// <summary>The framework, the library, and this program.</summary>
    private static ImmutableArray<MetadataReference> FindReferences()
    {
        var framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        var trusted = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);
        return
        [
            .. trusted.Where(path => Path.GetDirectoryName(path) == framework).Select(path => MetadataReference.CreateFromFile(path)),
            MetadataReference.CreateFromFile(typeof(RnnModelAttribute).Assembly.Location),
            MetadataReference.CreateFromFile(typeof(Dispatch).Assembly.Location),
        ];
    }
}
