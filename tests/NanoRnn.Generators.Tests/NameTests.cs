using System.Collections.Immutable;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NanoRnn.Generators.Tests.Infrastructure;

namespace NanoRnn.Generators.Tests;

/// <summary>Whatever the user's types, namespaces and aliases are called, generated code means its own.</summary>
public sealed class NameTests
{
    private const string Layers = """
        [global::NanoRnn.RnnModel(InputSize = 2, TimeSteps = 3, BatchSize = 2), global::NanoRnn.Normalization, global::NanoRnn.Dropout(0.1f), global::NanoRnn.Lstm(20, ReturnSequences = true, RecurrentDropout = 0.1f),
         global::NanoRnn.LayerNormalization, global::NanoRnn.CustomRnn("Cell", 40, ReturnSequences = true), global::NanoRnn.Gru(7, ResetAfter = false), global::NanoRnn.Dense(6, Activation = global::NanoRnn.Activation.Softmax), global::NanoRnn.Loss("Own")] partial class Model
        {
            static float Own(float prediction, float target) => prediction < target ? global::System.MathF.Sqrt(target - prediction) : global::System.MathF.Log(global::System.MathF.Exp(prediction));

            [global::NanoRnn.Cell]
            static global::NanoRnn.CellDefinition Cell(global::NanoRnn.CellBuilder cell)
            {
                var h = cell.Previous("h");
                return cell.Build((h, cell.Apply(global::System.MathF.Sqrt, cell.Affine("a", h)) + cell.Apply(global::System.MathF.Log, cell.Apply(global::System.MathF.Exp, h)) + cell.Weight("w")));
            }
        }
        [global::NanoRnn.RnnModel, global::NanoRnn.Embedding(5, 3, MaskZero = true), global::NanoRnn.Gru(18, Direction = global::NanoRnn.Direction.Bidirectional), global::NanoRnn.RepeatVector(2), global::NanoRnn.SimpleRnn(3)] partial class Whole;
        [global::NanoRnn.RnnModel(InputSize = 8, Precision = global::NanoRnn.Precision.Int8), global::NanoRnn.Lstm(20), global::NanoRnn.Decoder(1, 2), global::NanoRnn.Embedding(5, 3),
         global::NanoRnn.Lstm(20, ReturnSequences = true), global::NanoRnn.Dense(5, Activation = global::NanoRnn.Activation.Softmax)] partial class Decoding;
        """;

    private static readonly Lazy<ImmutableSortedSet<string>> Names = new(() => FindNames(Generation.Of(Layers)));

    public static TheoryData<string> Places => ["type", "nested type", "namespace", "alias of a type", "alias of a namespace", "type around a namespace"];

    [Theory]
    [MemberData(nameof(Places))]
    public void NamesOfTheUsersDoNotGetInTheWay(string place)
    {
        Assert.Superset(new HashSet<string> { "Unsafe", "MemoryMarshal", "Vector256", "MethodImplOptions", "Nano", "System", "NanoRnn", "Load8" }, Names.Value.ToHashSet());
        var generation = Generation.Of(In(place, Names.Value));
        if (generation.CompilerDiagnostics().Any())
            Assert.Fail($"As a {place}: " + string.Join(", ", Names.Value.Where(name => Generation.Of(In(place, [name])).CompilerDiagnostics().Any())));
        Assert.Empty(generation.Diagnostics);
    }

    private static string In(string place, IEnumerable<string> names)
    {
        var types = string.Concat(names.Select(name => $"class @{name};\n"));
        return place switch
        {
            "type" => $"namespace App {{ {types} {Layers} }}",
            "nested type" => $"partial class Container {{ {types} {Layers} }}",
            "namespace" => $"namespace App {{ {string.Concat(names.Select(name => $"namespace @{name} {{ class Own; }}\n"))} {Layers} }}",
            "alias of a type" => string.Concat(names.Where(IsAlias).Select(name => $"global using @{name} = global::System.String;\n")) + Layers,
            "alias of a namespace" => string.Concat(names.Where(IsAlias).Select(name => $"global using @{name} = global::System.Text;\n")) + Layers,
            _ => $"{string.Concat(names.Where(IsAlias).Select(name => $"class @{name};\n"))} namespace App {{ {Layers} }}",
        };
    }

    /// <summary>In the global namespace these mean the framework and the library, and nobody's program compiles without.</summary>
    private static bool IsAlias(string name) => name is not ("System" or "NanoRnn" or "Model" or "Whole" or "Decoding");

    /// <summary>
    /// Every name that is looked up: all identifiers in expressions and types. Words that C# knows by context are no names, and the compiler
    /// warns of types that have them.
    /// </summary>
    private static ImmutableSortedSet<string> FindNames(Generation generation)
    {
        generation.AssertCompiles();
        return
        [
            .. generation.Files.Values
                .SelectMany(text => CSharpSyntaxTree.ParseText(text).GetRoot().DescendantNodes())
                .OfType<SimpleNameSyntax>()
                .Select(name => name.Identifier.ValueText)
                .Where(name => SyntaxFacts.GetContextualKeywordKind(name) == SyntaxKind.None && name is not ("var" or "nint" or "Model" or "Whole" or "Decoding"))
                .Where(name => char.IsUpper(name[0])),
        ];
    }
}
