extern alias generators;

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using generators::NanoRnn.Generators;

namespace NanoRnn.Behaviour.Tests.Documents;

/// <summary>
/// A Markdown document's C# blocks as one program, in a project that sets nothing but nullable and implicit usings. Types may
/// stand before statements, as a text needs them to.
/// </summary>
internal static class DocumentProgram
{
    private const string ImplicitUsings =
        """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.Latest);

    /// <summary>The contents of the fenced blocks in one language.</summary>
    public static IEnumerable<string> BlocksOf(string markdown, string language)
    {
        var lines = markdown.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i] != "```" + language)
                continue;
            var end = Array.IndexOf(lines, "```", i);
            yield return string.Join('\n', lines[(i + 1)..end]);
            i = end;
        }
    }

    /// <summary>Compiles the program with the generator; errors and warnings fail the test.</summary>
    /// <returns>The path of a program that <c>dotnet</c> can run.</returns>
    public static string Compile(string markdown, string folder)
    {
        var code = string.Join('\n', BlocksOf(markdown, "csharp"));
        var root = CSharpSyntaxTree.ParseText(code, ParseOptions).GetCompilationUnitRoot();
        var statements = root.WithMembers([.. root.Members.Where(member => member is GlobalStatementSyntax)]);
        var types = root.WithMembers([.. root.Members.Where(member => member is not GlobalStatementSyntax)]);
        var compilation = CSharpCompilation.Create(
            "Program",
            new[] { ImplicitUsings, statements.ToFullString(), types.ToFullString() }.Select(text => CSharpSyntaxTree.ParseText(text, ParseOptions)),
            References(),
            new CSharpCompilationOptions(
                OutputKind.ConsoleApplication, optimizationLevel: OptimizationLevel.Release, nullableContextOptions: NullableContextOptions.Enable));
        CSharpGeneratorDriver.Create([new RnnModelGenerator().AsSourceGenerator()], [new ForecasterWeights()], ParseOptions)
            .RunGeneratorsAndUpdateCompilation(compilation, out var complete, out var diagnostics);

        var program = Path.Combine(folder, "Program.dll");
        var result = complete.Emit(program);
        Assert.DoesNotContain(diagnostics.Concat(result.Diagnostics), diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning);
        AddWhatItNeeds(folder);
        return program;
    }

    private static void AddWhatItNeeds(string folder)
    {
        File.Copy(Path.ChangeExtension(HostProcess.HostPath, "runtimeconfig.json"), Path.Combine(folder, "Program.runtimeconfig.json"));
        foreach (var library in new[] { "NanoRnn.dll", "NanoRnn.Onnx.dll", "Google.Protobuf.dll", "System.Numerics.Tensors.dll" })
            File.Copy(Path.Combine(AppContext.BaseDirectory, library), Path.Combine(folder, library));
    }

    /// <summary>The file of weights that documents speak of.</summary>
    private sealed class ForecasterWeights : AdditionalText
    {
        public override string Path { get; } = System.IO.Path.Combine(AppContext.BaseDirectory, "forecaster.safetensors");

        public override SourceText GetText(CancellationToken cancellationToken = default) => throw new NotSupportedException("Weights are not text.");
    }

    private static IEnumerable<MetadataReference> References()
    {
        var runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        var platform = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);
        return platform
            .Where(path => Path.GetDirectoryName(path) == runtime)
            .Append(typeof(RnnModelAttribute).Assembly.Location)
            .Append(typeof(Onnx.OnnxModel).Assembly.Location)
            .Select(path => MetadataReference.CreateFromFile(path));
    }
}
