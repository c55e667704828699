using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace NanoRnn.Generators.Tests.Infrastructure;

/// <summary>One run of the generator over some sources.</summary>
internal sealed class Generation
{
    private static readonly CSharpParseOptions ParseOptions =
        new(LanguageVersion.Latest, DocumentationMode.Diagnose);

    /// <summary>All compilations come from this one, so that the framework is read only once.</summary>
    private static readonly CSharpCompilation Empty = CSharpCompilation.Create(
        "Models",
        references: FindReferences(),
        options: new(
            OutputKind.DynamicallyLinkedLibrary,
            nullableContextOptions: NullableContextOptions.Enable,
            generalDiagnosticOption: ReportDiagnostic.Error,
            warningLevel: 9999,
            checkOverflow: true,
            allowUnsafe: false));

    private readonly CSharpCompilation _output;

    private Generation(
        CSharpCompilation input,
        AnalyzerConfigOptionsProvider? options = null,
        IEnumerable<AdditionalText>? additionalFiles = null,
        RnnModelGenerator? generator = null)
    {
        var driver = CreateDriver(options, additionalFiles, generator, (CSharpParseOptions)input.SyntaxTrees[0].Options).RunGeneratorsAndUpdateCompilation(input, out var output, out _);
        _output = (CSharpCompilation)output;
        var result = Assert.Single(driver.GetRunResult().Results);
        Assert.Null(result.Exception);
        Diagnostics = result.Diagnostics;
        Files = result.GeneratedSources.ToImmutableSortedDictionary(
            source => source.HintName, source => source.SourceText.ToString(), StringComparer.Ordinal);
    }

    /// <summary>What the generator itself reports.</summary>
    public ImmutableArray<Diagnostic> Diagnostics { get; }

    /// <summary>The generated files by hint name.</summary>
    public ImmutableSortedDictionary<string, string> Files { get; }

    public static Generation Of(params string[] sources) => Of(Compile(sources));

    public static Generation Of(CSharpCompilation compilation) => new(compilation);

    /// <summary>With a property of the project.</summary>
    public static Generation WithProperty(string name, string value, string source) =>
        new(Compile(source), new ProjectProperty(name, value));

    /// <summary>With additional files of the project.</summary>
    public static Generation WithFiles(IEnumerable<AdditionalText> files, params string[] sources) =>
        new(Compile(sources), additionalFiles: files);

    /// <summary>By a generator with other rooms.</summary>
    public static Generation By(RnnModelGenerator generator, string source) => new(Compile(source), generator: generator);

    /// <summary>In another version of C#.</summary>
    public static Generation InLanguage(LanguageVersion version, string source) =>
        new(Empty.AddSyntaxTrees(CSharpSyntaxTree.ParseText(source, ParseOptions.WithLanguageVersion(version), "/project/File0.cs")));

    /// <summary>A compilation as strict as C# has them, of the sources alone.</summary>
    public static CSharpCompilation Compile(params string[] sources) =>
        Empty.AddSyntaxTrees(sources.Select((source, i) => Parse(source, $"/project/File{i}.cs")));

    public static SyntaxTree Parse(string source, string path) => CSharpSyntaxTree.ParseText(source, ParseOptions, path);

    public static GeneratorDriver CreateDriver(
        AnalyzerConfigOptionsProvider? options = null,
        IEnumerable<AdditionalText>? additionalFiles = null,
        RnnModelGenerator? generator = null,
        CSharpParseOptions? parseOptions = null) => CSharpGeneratorDriver.Create(
        [(generator ?? new RnnModelGenerator()).AsSourceGenerator()],
        additionalFiles,
        parseOptions ?? ParseOptions,
        options,
        new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    /// <summary>The one generated file that users are meant to read.</summary>
    public string MainFile(string hintName) => Files[$"{hintName}.g.cs"];

    public INamedTypeSymbol Type(string metadataName) =>
        _output.GetTypeByMetadataName(metadataName) ?? throw new InvalidOperationException($"there is no {metadataName}");

    /// <summary>What the compiler says of the user's and the generated code together.</summary>
    public IEnumerable<Diagnostic> CompilerDiagnostics() =>
        _output.GetDiagnostics().Where(diagnostic => diagnostic.Severity != DiagnosticSeverity.Hidden);

    /// <summary>Compiles without a word from the generator or the compiler.</summary>
    public void AssertCompiles()
    {
        Assert.Empty(Diagnostics);
        Assert.NotEmpty(Files);
        Assert.Empty(CompilerDiagnostics());
    }

    /// <summary>Compiles to the end, also those steps of the compiler that come after the analysis.</summary>
    public void AssertEmits()
    {
        AssertCompiles();
        using var assembly = new MemoryStream();
        var result = _output.Emit(assembly);
        Assert.Empty(result.Diagnostics.Where(diagnostic => diagnostic.Severity != DiagnosticSeverity.Hidden));
        Assert.True(result.Success);
    }

    /// <summary>The framework and the library; not what the tests themselves are built from.</summary>
    private static ImmutableArray<MetadataReference> FindReferences()
    {
        var framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        var trusted = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);
        return
        [
            .. trusted.Where(path => Path.GetDirectoryName(path) == framework).Select(path => MetadataReference.CreateFromFile(path)),
            MetadataReference.CreateFromFile(typeof(RnnModelAttribute).Assembly.Location),
        ];
    }
}
