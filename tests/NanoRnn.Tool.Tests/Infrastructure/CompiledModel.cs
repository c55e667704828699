using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NanoRnn.Generators;
using NanoRnn.Generators.Tests.Infrastructure;
using NanoRnn.Tool.Writing;

namespace NanoRnn.Tool.Tests.Infrastructure;

/// <summary>A class that an import has written, compiled with the generator and loaded with its weights.</summary>
internal sealed class CompiledModel : IDisposable
{
    private const string Host = """

        public static class Host
        {
            public static float[] Run(byte[] weights, float[] inputs, int count)
            {
                var outputs = new float[count];
                MODEL.Load(weights).Predict(ARGUMENT, outputs);
                return outputs;
            }
        }
        """;

    private static readonly CSharpCompilation Empty = CSharpCompilation.Create(
        "Imported",
        references: FindReferences(),
        options: new(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable, generalDiagnosticOption: ReportDiagnostic.Error, warningLevel: 9999));

    private readonly AssemblyLoadContext _context = new(null, isCollectible: true);
    private readonly ImportedFiles _files;
    private readonly MethodInfo _run;

    public CompiledModel(ImportedFiles files)
    {
        _files = files;
        var argument = files.Model.InputSize > 0 ? "inputs" : "System.Array.ConvertAll(inputs, value => (int)value)";
        var host = Host.Replace("MODEL", files.Name, StringComparison.Ordinal).Replace("ARGUMENT", argument, StringComparison.Ordinal);
        var parsing = new CSharpParseOptions(LanguageVersion.Latest);
        var compilation = Empty.AddSyntaxTrees(CSharpSyntaxTree.ParseText(files.Text, parsing), CSharpSyntaxTree.ParseText(host, parsing));
        CSharpGeneratorDriver.Create([new RnnModelGenerator().AsSourceGenerator()], parseOptions: parsing, optionsProvider: new ProjectProperty("NanoRnnVectorWidths", "256"))
            .RunGeneratorsAndUpdateCompilation(compilation, out var output, out var diagnostics);
        Assert.True(diagnostics.IsEmpty, $"{string.Join('\n', diagnostics)}\n{files.Text}");
        using var assembly = new MemoryStream();
        var result = output.Emit(assembly);
        Assert.True(result.Success, $"{string.Join('\n', result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Take(5))}\n{files.Text}");
        assembly.Position = 0;
        _run = _context.LoadFromStream(assembly).GetType("Host")!.GetMethod("Run")!;
    }

    /// <summary>What <c>Predict</c> gives.</summary>
    public float[] Predict(float[] inputs, int count) => (float[])_run.Invoke(null, [_files.Weights, inputs, count])!;

    /// <summary>How far the model is from what the import's check expects, relative to the largest output if that is more than 1.</summary>
    public double CheckError() =>
        Distance(_files.Check.Outputs, Predict(_files.Check.Inputs, _files.Check.Outputs.Length)) / Math.Max(1, _files.Check.Outputs.Max(Math.Abs));

    /// <summary>The largest difference; NaN if one is.</summary>
    public static double Distance(double[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        return expected.Zip(actual, (a, b) => Math.Abs(a - b)).DefaultIfEmpty(0).Aggregate((a, b) => double.IsNaN(a) || a > b ? a : b);
    }

    public void Dispose() => _context.Unload();

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
