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

    public void Report(DiagnosticDescriptor descriptor, Location location, params string[] arguments)
    {
        HasFailed = true;
        var mistake = DiagnosticInfo.Create(descriptor, location, [displayName, .. arguments]);
        if (!diagnostics.Contains(mistake))
            diagnostics.Add(mistake);
    }

    /// <summary>A construct that has no place in a function of one number.</summary>
    public void ReportConstruct(IOperation operation) => ReportConstruct(operation, Describe(operation));

    public void ReportConstruct(IOperation operation, string construct) =>
        Report(DiagnosticDescriptors.UnsupportedConstruct, operation.Syntax.GetLocation(), construct);

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
