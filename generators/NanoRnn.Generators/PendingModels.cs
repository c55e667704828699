using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NanoRnn.Generators.Diagnostics;
using NanoRnn.Generators.Parsing;

namespace NanoRnn.Generators;

/// <summary>
/// Models whose attributes or functions need values that the compiler does not know yet, such as <c>InputSize = First.OutputSize</c>. They
/// are read again in a compilation that has the files with the other models' constants, and those that become models add theirs.
/// </summary>
internal sealed class PendingModels
{
    private readonly Func<ModelSpec, CompiledModel> _compile;
    private readonly CancellationToken _cancellation;
    private readonly Dictionary<string, ParseResult> _results = [];
    private CSharpCompilation _compilation;

    private PendingModels(CSharpCompilation compilation, Func<ModelSpec, CompiledModel> compile, CancellationToken cancellation)
    {
        _compilation = compilation;
        _compile = compile;
        _cancellation = cancellation;
    }

    /// <param name="pending">The models in question.</param>
    /// <param name="compiled">Those that are compiled already.</param>
    /// <param name="compilation">The project.</param>
    /// <param name="compile">Compiles a model.</param>
    /// <param name="cancellation">Ends it.</param>
    public static IEnumerable<ParseResult> Resolve(
        ImmutableArray<ParseResult> pending,
        ImmutableArray<CompiledModel> compiled,
        Compilation compilation,
        Func<ModelSpec, CompiledModel> compile,
        CancellationToken cancellation)
    {
        if (pending.IsEmpty)
            return [];
        var models = new PendingModels((CSharpCompilation)compilation, compile, cancellation);
        models.Add(compiled);
        models.Resolve([.. pending.Select(result => result.Pending!).Distinct()]);
        return models._results.Values;
    }

    private void Resolve(List<string> names)
    {
        while (true)
        {
            foreach (var name in names)
                _results[name] = Parse(name);
            var resolved = names.FindAll(name => _results[name].Pending is null);
            names.RemoveAll(resolved.Contains);
            if (resolved.Count == 0 || names.Count == 0)
                break;
            Add(resolved.Select(name => _results[name].Model).OfType<ModelSpec>().Select(_compile));
        }

        var needs = names.ToDictionary(name => name, name => FindNeeds(_results[name]).ToList());
        foreach (var name in names)
            _results[name] = _results[name] with { Diagnostics = new([.. Explain(name, needs)]) };
    }

    private ParseResult Parse(string name)
    {
        _cancellation.ThrowIfCancellationRequested();
        return InternalError.Guard(
            name,
            () => SourcePlace.OfModel(name),
            () => ModelParser.Parse(name, _compilation, _cancellation),
            diagnostic => new ParseResult(null, new([diagnostic])));
    }

    /// <summary>Gives the compilation the models' constants, which are in their first files.</summary>
    private void Add(IEnumerable<CompiledModel> models)
    {
        var options = (CSharpParseOptions)_compilation.SyntaxTrees[0].Options;
        _compilation = _compilation.AddSyntaxTrees(models
            .Where(model => model.Files.Count > 0)
            .Select(model => CSharpSyntaxTree.ParseText(model.Files[0].Text, options, cancellationToken: _cancellation)));
    }

    /// <summary>The models whose constants a model lacks, each with the diagnostic that says so.</summary>
    private IEnumerable<(DiagnosticInfo Diagnostic, string? Model)> FindNeeds(ParseResult result) => result.Diagnostics.Select(diagnostic => (
        diagnostic,
        UnseenValue.FindModel(diagnostic.Place.Find(_compilation), _compilation) is { } model ? TypeParser.MetadataName(model) : null));

    /// <summary>Of a model that needs another one: nothing, since that one is reported itself, unless they need each other.</summary>
    private static IEnumerable<DiagnosticInfo> Explain(string name, Dictionary<string, List<(DiagnosticInfo Diagnostic, string? Model)>> needs)
    {
        foreach (var (diagnostic, model) in needs[name])
            if (model is null)
                yield return diagnostic;
            else if (Reaches(model, name, needs, []))
                yield return DiagnosticInfo.Create(DiagnosticDescriptors.CircularModels, diagnostic.Place, name, model);
    }

    private static bool Reaches(string from, string to, Dictionary<string, List<(DiagnosticInfo Diagnostic, string? Model)>> needs, HashSet<string> seen) =>
        from == to
        || seen.Add(from) && needs.TryGetValue(from, out var next) && next.Exists(need => need.Model is { } model && Reaches(model, to, needs, seen));
}
