using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NanoRnn.Generators.Diagnostics;

namespace NanoRnn.Generators.Parsing;

/// <summary>Finds members of the user's that collide with generated ones, before the compiler does so in generated code.</summary>
internal static class MemberParser
{
    /// <summary>The class of the losses that are methods.</summary>
    public const string Losses = "Losses";

    /// <summary>The class of the ranges of outputs.</summary>
    public const string Outputs = "Outputs";

    /// <summary>Generated members whose names no other member can have.</summary>
    public static readonly ImmutableHashSet<string> Names = ImmutableHashSet.Create(
        StringComparer.Ordinal,
        "InputSize", "OutputSize", "ParameterCount", "Summary", "Weights", "Session", "Memory", "Pretrained", "PretrainedWeights",
        "Description", Losses, Outputs, "_packedWeights");

    /// <summary>Generated methods, which can be overloaded.</summary>
    public static readonly ImmutableHashSet<string> Methods = ImmutableHashSet.Create(
        StringComparer.Ordinal,
        "Predict(System.ReadOnlySpan<float>, System.Span<float>)",
        "Predict(System.ReadOnlySpan<int>, System.Span<float>)",
        "PredictBatch(System.ReadOnlySpan<float>, int, System.Span<float>)",
        "PredictBatch(System.ReadOnlySpan<float>, int, System.ReadOnlySpan<int>, System.Span<float>)",
        "PredictBatch(System.ReadOnlySpan<int>, int, System.Span<float>)",
        "PredictBatch(System.ReadOnlySpan<int>, int, System.ReadOnlySpan<int>, System.Span<float>)",
        "Generate(System.ReadOnlySpan<float>, System.Span<int>, int)",
        "Generate(System.ReadOnlySpan<float>, System.Span<int>, NanoRnn.TokenSampler)",
        "Generate(System.ReadOnlySpan<int>, System.Span<int>, int)",
        "Generate(System.ReadOnlySpan<int>, System.Span<int>, NanoRnn.TokenSampler)",
        "CreateSession()",
        "CreateSession(NanoRnn.MemoryArena)",
        "LoadPretrained()",
        "LoadPretrained(NanoRnn.MemoryArena)",
        "Save(string)",
        "Save(System.IO.Stream)",
        "ToBytes()",
        "Adapt(NanoRnn.SequenceDataset)",
        "Adapt(System.ReadOnlySpan<float>)",
        "Adapt(System.ReadOnlySpan<float>, System.ReadOnlySpan<float>)",
        "Load(string)",
        "Load(string, NanoRnn.MemoryArena)",
        "Load(System.IO.Stream)",
        "Load(System.IO.Stream, NanoRnn.MemoryArena)",
        "Load(System.ReadOnlySpan<byte>)",
        "Load(System.ReadOnlySpan<byte>, NanoRnn.MemoryArena)");

    /// <summary>A generated method of models of reduced precision.</summary>
    public const string ReducedMethod = "From(NanoRnn.WeightCollection)";

    private static readonly SymbolDisplayFormat SignatureFormat = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces,
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters,
        memberOptions: SymbolDisplayMemberOptions.IncludeParameters,
        parameterOptions: SymbolDisplayParameterOptions.IncludeType,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.UseSpecialTypes);

    /// <summary>Whether a generated member has the name, so that the class itself cannot.</summary>
    public static bool IsGenerated(string name) =>
        Names.Contains(name) || Methods.Any(method => method.StartsWith(name + "(", StringComparison.Ordinal));

    public static void Check(INamedTypeSymbol symbol, PrecisionKind precision, List<DiagnosticInfo> diagnostics)
    {
        foreach (var member in symbol.GetMembers())
            if (!member.IsImplicitlyDeclared && Collision(member, precision) is { } reason && member.Locations.FirstOrDefault() is { } location)
                diagnostics.Add(DiagnosticInfo.Create(
                    DiagnosticDescriptors.MemberCollides,
                    location,
                    symbol.Name,
                    member.Name == ".ctor" ? "this constructor" : $"'{member.Name}'",
                    reason));
    }

    private static string? Collision(ISymbol member, PrecisionKind precision) => member switch
    {
        IMethodSymbol { MethodKind: MethodKind.Constructor } constructor => ConstructorCollision(constructor, precision),
        IMethodSymbol { MethodKind: MethodKind.Ordinary, Arity: 0 } method when HasGeneratedSignature(method, precision) =>
            "a method with these parameters is generated",
        _ when Names.Contains(member.Name) => "a member of this name is generated",
        IMethodSymbol => null,
        _ when IsGenerated(member.Name) => "a method of this name is generated",
        _ => null,
    };

    private static bool HasGeneratedSignature(IMethodSymbol method, PrecisionKind precision)
    {
        var signature = method.ToDisplayString(SignatureFormat);
        return Methods.Contains(signature) || precision != PrecisionKind.Float32 && signature == ReducedMethod;
    }

    /// <summary>Weights are made by the generated constructor; one that goes past it would leave a model without any.</summary>
    private static string? ConstructorCollision(IMethodSymbol constructor, PrecisionKind precision)
    {
        // A primary constructor is reported with the class.
        if (constructor.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is not ConstructorDeclarationSyntax syntax)
            return null;
        var type = constructor.Parameters.Length == 1 ? constructor.Parameters[0].Type : null;
        var isCopy = constructor.ContainingType.IsRecord && SymbolEqualityComparer.Default.Equals(type, constructor.ContainingType);
        if (precision != PrecisionKind.Float32)
            return isCopy ? null : $"a model of {precision} weights is made by Load or From";
        if (type?.SpecialType == SpecialType.System_Int32)
            return "a constructor that takes a seed is generated";
        if (constructor.Parameters.Select(parameter => parameter.Type.ToDisplayString()).SequenceEqual(["NanoRnn.MemoryArena", "int"]))
            return "a constructor that takes an arena and a seed is generated";
        return isCopy || syntax.Initializer.IsKind(SyntaxKind.ThisConstructorInitializer)
            ? null
            : "it must call the generated one, with ': this(seed)'";
    }
}
