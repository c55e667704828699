using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NanoRnn.Generators.Diagnostics;
using NanoRnn.Generators.Parsing;
using NanoRnn.Generators.Tests.Infrastructure;

namespace NanoRnn.Generators.Tests;

/// <summary>What is written down twice is written down alike.</summary>
public sealed partial class ConsistencyTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nanornn");
    private readonly AdditionalText[] _files;

    /// <summary>With the files that pages speak of.</summary>
    public ConsistencyTests()
    {
        var forecaster = WeightsText.Write(
            Path.Combine(_folder.FullName, "forecaster.safetensors"),
            ("lstm.kernel", [1, 32], new float[32]),
            ("lstm.recurrent_kernel", [8, 32], new float[256]),
            ("lstm.bias", [32], new float[32]),
            ("dense.kernel", [8, 1], new float[8]),
            ("dense.bias", [1], new float[1]));
        var truncated = Path.Combine(_folder.FullName, "truncated.safetensors");
        File.WriteAllBytes(truncated, File.ReadAllBytes(forecaster.Path)[..^1]);
        _files = [forecaster, new WeightsText(truncated)];
    }

    public static TheoryData<string> Ids => [.. Descriptors().Select(descriptor => descriptor.Id)];

    /// <summary>Those that some code is wrong for; a fault of the generator is nobody's mistake.</summary>
    public static TheoryData<string> IdsOfMistakes =>
        [.. Descriptors().Select(descriptor => descriptor.Id).Where(id => id != DiagnosticDescriptors.InternalError.Id)];

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void ActivationsAreTheLibrarys() =>
        Assert.Equal(
            Enum.GetValues<Activation>().Distinct().Select(value => ((int)value, Name(value))),
            Enum.GetValues<ActivationKind>().Select(value => ((int)value, value.ToString())));

    [Fact]
    public void EveryLayerKindHasItsAttribute()
    {
        var attributes = typeof(LayerAttribute).Assembly.GetTypes()
            .Where(type => !type.IsAbstract && type.IsSubclassOf(typeof(LayerAttribute)))
            .Select(type => type.FullName!);
        Assert.Equal(attributes.Order(), ModelParser.LayerAttributes.Order());
        Assert.Equal(attributes.Append(typeof(LossAttribute).FullName!).Append(typeof(OutputAttribute).FullName!).Order(), ModelParser.PartAttributes.Order());
        Assert.Equal(ModelParser.ModelAttribute, typeof(RnnModelAttribute).FullName);
    }

    [Fact]
    public void LayersDefaultToWhatTheirAttributesSay()
    {
        const string Methods = """
            static float F(float x) => x;
            [Cell] static CellDefinition Cell(CellBuilder cell) { var h = cell.Previous("h"); return cell.Build((h, cell.Affine("x", h))); }
            """;
        var layers = Enum.GetNames<LayerKind>();
        var source = "using NanoRnn; " + string.Concat(layers.Select(layer => $"[{ModelWith(layer)}] partial class {layer}Model {{ {Methods} }}"));
        var specs = Generation.CreateDriver().RunGenerators(Generation.Compile(source)).GetRunResult().Results[0]
            .TrackedSteps[RnnModelGenerator.ModelsStep]
            .SelectMany(step => step.Outputs)
            .Select(output => (ModelSpec)output.Value)
            .Select(model => model.Layers.Single(layer => layer.Kind + "Model" == model.Type.DisplayName))
            .ToList();
        Assert.Equal(layers.Length, specs.Count);
        foreach (var spec in specs)
        {
            var type = typeof(LayerAttribute).Assembly.GetType($"NanoRnn.{spec.Kind}Attribute")!;
            var constructor = type.GetConstructors().MinBy(candidate => candidate.GetParameters().Length)!;
            var attribute = constructor.Invoke(
            [
                .. constructor.GetParameters().Select(parameter => parameter.ParameterType.IsValueType ? Activator.CreateInstance(parameter.ParameterType) : null),
            ]);
            foreach (var option in type.GetProperties().Where(property => property.CanWrite && property.Name is not (nameof(LayerAttribute.Name) or nameof(LayerAttribute.Input) or nameof(AttentionLayerAttribute.Key))))
            {
                // Those of a pooling are its size.
                if (option.Name == nameof(LayerSpec.Strides) && spec.Kind != LayerKind.Conv1D)
                    continue;

                // The kind of a spec is which layer it is.
                var read = Read(spec, option.Name == nameof(LayerSpec.Kind) ? option.PropertyType.Name : option.Name);
                Assert.Equal($"{spec.Kind}.{option.Name} = {option.GetValue(attribute)}", $"{spec.Kind}.{option.Name} = {read}");
            }
        }
    }

    [Fact]
    public void IdsAreDistinctAndNumbers()
    {
        var ids = Descriptors().Select(descriptor => descriptor.Id).ToList();
        Assert.All(ids, id => Assert.Matches("^NRNN0[0-9]{3}$", id));
        Assert.Equal(ids.Distinct(), ids);
    }

    [Fact]
    public void EveryDescriptorIsInTheReleaseNotesOnce()
    {
        var rows = (Resource("releases/AnalyzerReleases.Shipped.md") + Resource("releases/AnalyzerReleases.Unshipped.md"))
            .Split('\n')
            .Where(line => line.StartsWith("NRNN", StringComparison.Ordinal))
            .Select(line => line.TrimEnd());
        Assert.Equal(
            Descriptors().Select(descriptor => $"{descriptor.Id} | {descriptor.Category} | {descriptor.DefaultSeverity} | {descriptor.Title}"),
            rows.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void EveryDescriptorHasAPageAndEveryPageADescriptor() =>
        Assert.Equal(
            Descriptors().Select(descriptor => $"docs/{descriptor.Id}.md"),
            typeof(ConsistencyTests).Assembly.GetManifestResourceNames()
                .Where(name => name.StartsWith("docs/NRNN", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Ids))]
    public void PageSaysWhatTheDescriptorSays(string id)
    {
        var descriptor = Descriptors().Single(descriptor => descriptor.Id == id);
        var page = Resource($"docs/{id}.md");
        Assert.StartsWith($"# {id}: {descriptor.Title}\n", page, StringComparison.Ordinal);
        Assert.EndsWith($"docs/diagnostics/{id}.md", descriptor.HelpLinkUri, StringComparison.Ordinal);
        Assert.Contains($"| [{id}]({id}.md) | {descriptor.DefaultSeverity} | {descriptor.Title} |\n", Resource("docs/README.md"), StringComparison.Ordinal);
        Assert.Contains("\n## Why\n", page, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(IdsOfMistakes))]
    public void WrongCodeOfThePageIsReported(string id)
    {
        var generation = Generate(id, "Wrong");
        Assert.NotEmpty(generation.Diagnostics);
        Assert.All(generation.Diagnostics, diagnostic => Assert.Equal(id, diagnostic.Id));
    }

    [Theory]
    [MemberData(nameof(IdsOfMistakes))]
    public void RightCodeOfThePageCompiles(string id) => Generate(id, "Right").AssertCompiles();

    /// <summary>The attributes of a model in which the layer is not wrong.</summary>
    private static string ModelWith(string layer) => Enum.Parse<LayerKind>(layer) switch
    {
        LayerKind.Embedding => "RnnModel, Embedding(3, 2)",
        LayerKind.Conv1D => "RnnModel(InputSize = 1), Conv1D(3, 1)",
        LayerKind.ZeroPadding1D or LayerKind.ReflectionPadding1D => $"RnnModel(InputSize = 2), {layer}(1, 0)",
        LayerKind.MaxPooling1D or LayerKind.AveragePooling1D => $"RnnModel(InputSize = 1), {layer}(1)",
        LayerKind.GlobalMaxPooling1D or LayerKind.GlobalAveragePooling1D or LayerKind.PReLU => $"RnnModel(InputSize = 1), {layer}",
        LayerKind.RepeatVector => "RnnModel(InputSize = 1), SimpleRnn(2), RepeatVector(3)",
        LayerKind.Dropout => "RnnModel(InputSize = 1), Dropout(0.5f), Dense(1)",
        LayerKind.LayerNormalization or LayerKind.BatchNormalization => $"RnnModel(InputSize = 1), {layer}",
        LayerKind.Normalization or LayerKind.Denormalization => $"RnnModel(InputSize = 1), {layer}",
        LayerKind.Masking => "RnnModel(InputSize = 1), Masking, SimpleRnn(2)",
        LayerKind.Activation => "RnnModel(InputSize = 1), Activation(Activation.Tanh)",
        LayerKind.Concatenate or LayerKind.Add or LayerKind.Subtract or LayerKind.Multiply or LayerKind.Average =>
            $"RnnModel(InputSize = 1), Dense(1), {layer}(\"dense\", \"input\")",
        LayerKind.Attention or LayerKind.AdditiveAttention => $"RnnModel(InputSize = 1), Dense(1), {layer}(\"dense\")",
        LayerKind.Slice => "RnnModel(InputSize = 3), Slice(1, 2)",
        LayerKind.Lambda => "RnnModel(InputSize = 1), Lambda(\"F\")",
        LayerKind.CustomRnn => "RnnModel(InputSize = 1), CustomRnn(\"Cell\", 3)",
        LayerKind.Decoder =>
            "RnnModel(InputSize = 1), Gru(2), Decoder(1, 2), Embedding(3, 2), Gru(2, ReturnSequences = true), Dense(3, Activation = Activation.Softmax)",
        _ => $"RnnModel(InputSize = 1), {layer}(3)",
    };

    private static IEnumerable<DiagnosticDescriptor> Descriptors() => typeof(DiagnosticDescriptors)
        .GetFields(BindingFlags.Static | BindingFlags.Public)
        .Select(field => (DiagnosticDescriptor)field.GetValue(null)!)
        .OrderBy(descriptor => descriptor.Id, StringComparer.Ordinal);

    /// <summary>An option of the layer, or one of a tensor's: KernelInitializer is Weights.Kernel.Initializer.</summary>
    private static object? Read(LayerSpec spec, string option)
    {
        if (typeof(LayerSpec).GetProperty(option) is { } own)
            return own.GetValue(spec);
        var tensor = typeof(WeightsSpec).GetProperties().Single(property => option.StartsWith(property.Name, StringComparison.Ordinal));
        return typeof(TensorSpec).GetProperty(option[tensor.Name.Length..])?.GetValue(tensor.GetValue(spec.Weights));
    }

    /// <summary>The first name of a value that has several: Silu, not Swish.</summary>
    private static string Name(Activation value) =>
        typeof(Activation).GetFields().First(field => field.IsLiteral && value.Equals(field.GetValue(null))).Name;

    /// <summary>From a section's code or, where a page is about a property of the project, from that property.</summary>
    private Generation Generate(string id, string section)
    {
        var page = Resource($"docs/{id}.md");
        var heading = page.IndexOf($"\n## {section}\n", StringComparison.Ordinal);
        Assert.True(heading >= 0, $"{id} has no section '{section}'");
        var block = Block().Match(page, heading);
        var text = block.Groups["text"].Value;
        if (block.Groups["language"].Value == "csharp")
            return Generation.WithFiles(_files, "using NanoRnn;\n" + text);
        var property = XElement.Parse(text).Elements().Single();
        if (property.Name.LocalName == "LangVersion" && LanguageVersionFacts.TryParse(property.Value, out var version))
            return Generation.InLanguage(version, "[NanoRnn.RnnModel(InputSize = 1)] [NanoRnn.Lstm(3)] partial class Model { }");
        return Generation.WithProperty(
            property.Name.LocalName, property.Value, "[NanoRnn.RnnModel(InputSize = 1)] [NanoRnn.Lstm(3)] partial class Model;");
    }

    [GeneratedRegex("\n```(?<language>csharp|xml)\n(?<text>.*?)\n```\n", RegexOptions.Singleline)]
    private static partial Regex Block();

    private static string Resource(string name)
    {
        using var reader = new StreamReader(typeof(ConsistencyTests).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
