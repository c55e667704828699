using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using NanoRnn.Generators.Diagnostics;

namespace NanoRnn.Generators.Parsing.Functions;

/// <summary>Takes down what is wrong with one function of the user's, each mistake once.</summary>
/// <param name="displayName">The function's name as people read it.</param>
/// <param name="diagnostics">Where mistakes go.</param>
internal sealed class FunctionMistakes(string displayName, List<DiagnosticInfo> diagnostics)
{
    /// <summary>Whether there is no function: because of a mistake, or because the compiler finds one itself.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>The compiler says what is wrong.</summary>
    public void Fail() => HasFailed = true;

    /// <summary>Whether the compiler finds mistakes in some syntax: then there is no function.</summary>
    public bool FailsToCompile(SyntaxNode syntax, Compilation compilation)
    {
        if (!compilation.GetSemanticModel(syntax.SyntaxTree).GetDiagnostics(syntax.Span).Any(diagnostic => diagnostic.DefaultSeverity == DiagnosticSeverity.Error))
            return false;
        if (UnseenValue.Find(syntax, compilation, displayName) is { } unknown)
            Add(unknown);
        HasFailed = true;
        return true;
    }

    public void Report(DiagnosticDescriptor descriptor, Location location, params string[] arguments) =>
        Add(DiagnosticInfo.Create(descriptor, location, [displayName, .. arguments]));

    /// <summary>A construct that has no place in a function or a cell, unless it is a constant whose value is only to come.</summary>
    public void ReportConstruct(DiagnosticDescriptor descriptor, IOperation operation, string construct)
    {
        var location = operation.Syntax.GetLocation();
        var unknown = operation.DescendantsAndSelf()
            .OfType<IFieldReferenceOperation>()
            .FirstOrDefault(reference => UnseenValue.IsConstantWithoutValue(reference.Field));
        if (unknown is null)
            Report(descriptor, location, construct);
        else
            Add(UnseenValue.Create(location, displayName, $"the constant '{unknown.Field.Name}' has no value"));
    }

    /// <summary>A construct that has no place in a function of numbers.</summary>
    public void ReportConstruct(IOperation operation) => ReportConstruct(operation, Describe(operation));

    public void ReportConstruct(IOperation operation, string construct) =>
        ReportConstruct(DiagnosticDescriptors.UnsupportedConstruct, operation, construct);

    private void Add(DiagnosticInfo mistake)
    {
        HasFailed = true;
        if (!diagnostics.Contains(mistake))
            diagnostics.Add(mistake);
    }

    public static string TypeName(ITypeSymbol? type) => type?.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat) ?? "none";

    public static string MethodName(IMethodSymbol method) => $"{method.ContainingType.Name}.{method.Name}";

    public static string Describe(IOperation operation) => operation switch
    {
        ILoopOperation => "a loop",
        ISwitchOperation or ISwitchExpressionOperation => "a switch",
        IIsPatternOperation => "a pattern",
        IThrowOperation => "an exception",
        ILocalFunctionOperation => "a local function",
        IAnonymousFunctionOperation or IDelegateCreationOperation => "a lambda or delegate",
        IObjectCreationOperation => "a new object",
        IArrayCreationOperation or IArrayElementReferenceOperation => "an array",
        IIncrementOrDecrementOperation => "'++' or '--'",
        IFieldReferenceOperation field => $"the field '{field.Field.Name}', which is no constant,",
        IPropertyReferenceOperation property => $"the property '{property.Property.Name}'",
        IInvocationOperation call => $"a call of '{MethodName(call.TargetMethod)}'",
        IConversionOperation conversion => $"a conversion from '{TypeName(conversion.Operand.Type)}' to '{TypeName(conversion.Type)}'",
        IBinaryOperation { Type.SpecialType: SpecialType.System_Single or SpecialType.System_Double or SpecialType.System_Boolean } binary =>
            $"the operator '{OperatorOf(binary.Syntax)}'",
        { Type.SpecialType: not (SpecialType.None or SpecialType.System_Single or SpecialType.System_Double or SpecialType.System_Boolean) } =>
            $"a value of type '{TypeName(operation.Type)}'",
        _ => $"'{operation.Syntax.GetFirstToken().Text}'",
    };

    /// <summary>An expression's value as a number, if it is a constant one.</summary>
    public static float? Number(IOperation operation) => operation.ConstantValue.Value switch
    {
        float number => number,
        double number => (float)number,
        int number => number,
        _ => null,
    };

    private static string OperatorOf(SyntaxNode syntax) =>
        syntax is Microsoft.CodeAnalysis.CSharp.Syntax.BinaryExpressionSyntax binary ? binary.OperatorToken.Text : syntax.ToString();
}
