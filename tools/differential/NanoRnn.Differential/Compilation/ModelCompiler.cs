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
        var (assembly, failure) = TryCompile(models, [.. Enumerable.Range(0, models.Length)], widths);
        if (failure is null)
            return new(assembly, []);

        // One by one, to know which it is.
        var failures = Enumerable.Range(0, models.Length).Select(i => TryCompile(models, [i], widths).Failure).OfType<CaseFailure>().ToImmutableArray();
        int[] good = [.. Enumerable.Range(0, models.Length).Except(failures.Select(found => found.Model))];
        return new(good.Length == 0 ? null : TryCompile(models, good, widths).Assembly, failures);
    }

    private static (byte[]? Assembly, CaseFailure? Failure) TryCompile(ImmutableArray<ModelTerm> models, int[] chosen, string widths)
    {
        var input = Empty.AddSyntaxTrees(chosen.Select(i => Parse(models[i].ToSource($"Model{i}"))));
        var result = CSharpGeneratorDriver.Create([new RnnModelGenerator().AsSourceGenerator()], null, ParseOptions, new ProjectWidths(widths))
            .RunGenerators(input).GetRunResult();
        if (result.Results.Any(part => part.Exception is not null))
            return Fail("Generator", result.Results.Select(part => part.Exception!.ToString()));
        if (result.Diagnostics.Any(IsError))
            return Fail($"Refused, {result.Diagnostics.First(IsError).Id}", result.Diagnostics.Where(IsError).Select(diagnostic => diagnostic.ToString()));
        var generated = result.GeneratedTrees.Select(tree => Path.GetFileName(tree.FilePath)).ToHashSet(StringComparer.Ordinal);
        if (chosen.Any(i => !generated.Contains($"Model{i}.g.cs")))
            return Fail("Generator", ["It makes nothing of the model.", .. result.Diagnostics.Select(diagnostic => diagnostic.ToString())]);
        using var assembly = new MemoryStream();
        var emitted = input.AddSyntaxTrees(result.GeneratedTrees.Select(Redirect)).Emit(assembly);
        return emitted.Success
            ? (assembly.ToArray(), null)
            : Fail("Compiler", emitted.Diagnostics.Where(IsError).Select(diagnostic => diagnostic.ToString()));

        (byte[]?, CaseFailure?) Fail(string check, IEnumerable<string> messages) => (null, new(chosen[0], check, string.Join(" ", messages)));
    }

    private static bool IsError(Diagnostic diagnostic) => diagnostic.Severity == DiagnosticSeverity.Error;

    /// <summary>Lets a generated file ask <see cref="Dispatch"/> instead of the hardware.</summary>
    private static SyntaxTree Redirect(SyntaxTree generated) => Parse(
        HardwareQuestion().Replace(generated.ToString(), $"global::{typeof(Dispatch).FullName}.Has$1"));

    [GeneratedRegex(@"\b(?:global::System\.Runtime\.Intrinsics\.)?Vector(512|256|128)\.IsHardwareAccelerated\b")]
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
