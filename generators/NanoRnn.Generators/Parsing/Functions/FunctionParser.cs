using Microsoft.CodeAnalysis;
using NanoRnn.Generators.Diagnostics;

namespace NanoRnn.Generators.Parsing.Functions;

/// <summary>Finds a user's function by the name that an attribute gives, and reads it.</summary>
internal sealed class FunctionParser
{
    /// <summary>For functions of one number.</summary>
    public static readonly FunctionParser OfOne = new(1, "it must have one parameter, of type float", DiagnosticDescriptors.NotAFunction);

    /// <summary>For losses, of prediction and target.</summary>
    public static readonly FunctionParser OfLoss = new(2, "it must have two parameters, of type float", DiagnosticDescriptors.NotALoss);

    private static readonly SymbolDisplayFormat DisplayFormat = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypes,
        memberOptions: SymbolDisplayMemberOptions.IncludeContainingType);

    private readonly int _parameterCount;
    private readonly string _parameterMismatch;
    private readonly DiagnosticDescriptor _notOne;

    private FunctionParser(int parameterCount, string parameterMismatch, DiagnosticDescriptor notOne) =>
        (_parameterCount, _parameterMismatch, _notOne) = (parameterCount, parameterMismatch, notOne);

    /// <summary>The function, or null if there is a mistake, which is reported unless the compiler reports it.</summary>
    /// <param name="model">The class whose members, inherited ones and those of containing types are looked up.</param>
    /// <param name="methodName">The method's name, as <c>nameof</c> gives it.</param>
    /// <param name="compilation">Where the method's body is.</param>
    /// <param name="location">The attribute.</param>
    /// <param name="diagnostics">Where mistakes go.</param>
    public UserFunction? Parse(
        INamedTypeSymbol model, string methodName, Compilation compilation, Location location, List<DiagnosticInfo> diagnostics)
    {
        var members = Lookup(model, model, methodName, compilation).ToList();
        var methods = members.OfType<IMethodSymbol>().ToList();
        if (methods.Find(candidate => Mismatch(candidate) is null) is { } method)
            return Parse(method, methodName, compilation, location, diagnostics);

        diagnostics.Add(
            methods.Count > 0
                ? DiagnosticInfo.Create(_notOne, location, Display(methods[0]), Mismatch(methods[0])!)
            : members.Count > 0
                ? DiagnosticInfo.Create(_notOne, location, $"{members[0].ContainingType.Name}.{methodName}", "it is not a method")
            : DiagnosticInfo.Create(DiagnosticDescriptors.FunctionNotFound, location, model.Name, methodName));
        return null;
    }

    /// <summary>Reads a method that has no <see cref="Mismatch"/>.</summary>
    /// <param name="method">The method.</param>
    /// <param name="name">Name that no other function of its kind in the model has.</param>
    /// <param name="compilation">Where its body is.</param>
    /// <param name="location">Where it is named.</param>
    /// <param name="diagnostics">Where mistakes go.</param>
    public UserFunction? Parse(
        IMethodSymbol method, string name, Compilation compilation, Location location, List<DiagnosticInfo> diagnostics)
    {
        var mistakes = new FunctionMistakes(Display(method), diagnostics);
        var builder = new FunctionBuilder();
        var result = new BodyParser(compilation, builder, mistakes).Parse(
            method, [.. Enumerable.Range(0, _parameterCount).Select(builder.Argument)], location);
        if (!mistakes.HasFailed && builder.IsTooLarge)
            mistakes.Report(DiagnosticDescriptors.FunctionTooLarge, location, LayerParser.Text(FunctionBuilder.MaxNodes));
        return mistakes.HasFailed ? null : new UserFunction(name, Display(method), new(builder.Nodes), result);
    }

    /// <summary>Why a method is not <c>static float F(float x)</c>, with so many parameters, or null if it is.</summary>
    public string? Mismatch(IMethodSymbol method) =>
        !method.IsStatic ? "it is not static"
        : method.IsGenericMethod ? "it has type parameters"
        : method.MethodKind != MethodKind.Ordinary || method.IsAbstract || method.IsExtern ? "it has no body"
        : method.Parameters.Length != _parameterCount || !method.Parameters.All(parameter => parameter.RefKind == RefKind.None && IsFloat(parameter.Type))
            ? _parameterMismatch
        : method.ReturnsByRef || method.ReturnsByRefReadonly || !IsFloat(method.ReturnType) ? "it must return float"
        : null;

    private static bool IsFloat(ITypeSymbol type) => type.SpecialType == SpecialType.System_Single;

    private static string Display(IMethodSymbol method) => method.ToDisplayString(DisplayFormat);

    /// <summary>The members of a name, nearest first: the class's own, those it inherits, those of containing types.</summary>
    /// <param name="start">The class.</param>
    /// <param name="user">The class that must have access to them.</param>
    /// <param name="name">Their name.</param>
    /// <param name="compilation">The compilation of both.</param>
    public static IEnumerable<ISymbol> Lookup(INamedTypeSymbol start, INamedTypeSymbol user, string name, Compilation compilation)
    {
        for (var container = start; container is not null; container = container.ContainingType)
            for (var type = container; type is not null; type = type.BaseType)
                foreach (var member in type.GetMembers(name))
                    if (compilation.IsSymbolAccessibleWithin(member, user))
                        yield return member;
    }
}
