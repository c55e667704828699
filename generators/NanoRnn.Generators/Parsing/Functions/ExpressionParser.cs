using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace NanoRnn.Generators.Parsing.Functions;

/// <summary>Reads the expressions at one place of a function's body.</summary>
/// <param name="builder">Takes the values.</param>
/// <param name="mistakes">Takes the mistakes.</param>
/// <param name="locals">The values of parameters and locals at this place.</param>
/// <param name="call">Reads another method of the user's, given its arguments.</param>
internal sealed class ExpressionParser(
    FunctionBuilder builder,
    FunctionMistakes mistakes,
    ImmutableDictionary<ISymbol, int> locals,
    Func<IMethodSymbol, IReadOnlyList<int>, Location, int> call)
{
    public static UserOperation? Arithmetic(BinaryOperatorKind kind) => kind switch
    {
        BinaryOperatorKind.Add => UserOperation.Add,
        BinaryOperatorKind.Subtract => UserOperation.Subtract,
        BinaryOperatorKind.Multiply => UserOperation.Multiply,
        BinaryOperatorKind.Divide => UserOperation.Divide,
        _ => null,
    };

    public int Evaluate(IOperation operation)
    {
        if (operation.ConstantValue is { HasValue: true, Value: { } constant } && ConstantOf(constant) is { } node)
            return node;
        if (operation is not (IConversionOperation or IConditionalOperation) && !IsNumber(operation.Type) && operation.Type?.SpecialType != SpecialType.System_Boolean)
            return Unsupported(operation);
        return operation switch
        {
            ILocalReferenceOperation local when locals.TryGetValue(local.Local, out var value) => value,
            IParameterReferenceOperation parameter when locals.TryGetValue(parameter.Parameter, out var value) => value,
            IParenthesizedOperation parentheses => Evaluate(parentheses.Operand),
            IConversionOperation { OperatorMethod: null } conversion when CanConvert(conversion) => Evaluate(conversion.Operand),
            IConversionOperation { OperatorMethod: null } conversion when IsNumber(conversion.Type) => Unsupported(conversion.Operand),
            IUnaryOperation { OperatorMethod: null } unary => Unary(unary),
            IBinaryOperation { OperatorMethod: null } binary => Binary(binary),
            IConditionalOperation { IsRef: false, WhenFalse: { } whenFalse } choice =>
                builder.Select(Evaluate(choice.Condition), Evaluate(choice.WhenTrue), Evaluate(whenFalse)),
            IInvocationOperation invocation => Call(invocation),
            _ => Unsupported(operation),
        };
    }

    private static bool IsNumber(ITypeSymbol? type) => type?.SpecialType is SpecialType.System_Single or SpecialType.System_Double;

    /// <remarks>A choice between two integers that becomes a number, as in <c>x &gt; 0 ? 1 : 0</c>, is one between two numbers.</remarks>
    private static bool CanConvert(IConversionOperation conversion) =>
        (IsNumber(conversion.Type) && (IsNumber(conversion.Operand.Type) || conversion.Operand is IConditionalOperation))
        || (conversion.Type?.SpecialType == SpecialType.System_Boolean && conversion.Operand.Type?.SpecialType == SpecialType.System_Boolean);

    private int? ConstantOf(object value) => value switch
    {
        float number => builder.Constant(number),
        double number => builder.Constant((float)number),
        int number => builder.Constant(number),
        bool condition => builder.Condition(condition),
        _ => null,
    };

    private int Unary(IUnaryOperation unary) => unary.OperatorKind switch
    {
        UnaryOperatorKind.Plus => Evaluate(unary.Operand),
        UnaryOperatorKind.Minus => builder.Make(UserOperation.Negate, Evaluate(unary.Operand)),
        UnaryOperatorKind.Not => builder.Not(Evaluate(unary.Operand)),
        _ => Unsupported(unary),
    };

    private int Binary(IBinaryOperation binary)
    {
        // The operands first, so that mistakes in them are found whatever the operator.
        var (a, b) = (Evaluate(binary.LeftOperand), Evaluate(binary.RightOperand));
        if (IsNumber(binary.Type))
            return Arithmetic(binary.OperatorKind) is { } operation ? builder.Make(operation, a, b) : Unsupported(binary);
        var areNumbers = IsNumber(binary.LeftOperand.Type);
        return binary.OperatorKind switch
        {
            BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.And => builder.And(a, b),
            BinaryOperatorKind.ConditionalOr or BinaryOperatorKind.Or => builder.Or(a, b),
            BinaryOperatorKind.LessThan => builder.Make(UserOperation.Less, a, b),
            BinaryOperatorKind.LessThanOrEqual => builder.Make(UserOperation.LessOrEqual, a, b),
            BinaryOperatorKind.GreaterThan => builder.Make(UserOperation.Less, b, a),
            BinaryOperatorKind.GreaterThanOrEqual => builder.Make(UserOperation.LessOrEqual, b, a),
            BinaryOperatorKind.Equals when areNumbers => builder.Make(UserOperation.Equal, a, b),
            BinaryOperatorKind.NotEquals when areNumbers => builder.Not(builder.Make(UserOperation.Equal, a, b)),
            BinaryOperatorKind.Equals => builder.Select(a, b, builder.Not(b)),
            BinaryOperatorKind.NotEquals or BinaryOperatorKind.ExclusiveOr => builder.Select(a, builder.Not(b), b),
            _ => Unsupported(binary),
        };
    }

    private int Call(IInvocationOperation invocation)
    {
        var method = invocation.TargetMethod;
        var arguments = invocation.Arguments.OrderBy(argument => argument.Parameter?.Ordinal ?? 0).Select(argument => argument.Value).ToArray();
        if (MathFunctions.IsLibrary(method.ContainingType))
            return MathFunctions.Call(method.Name, arguments, Evaluate, builder) ?? (method.Name == "Pow" && arguments.Length == 2
                ? Unsupported(invocation, "Pow with an exponent that is no constant")
                : Unsupported(invocation));
        var isFunction = method is { IsStatic: true, IsGenericMethod: false, MethodKind: MethodKind.Ordinary }
            && method.Parameters.All(parameter => parameter.RefKind == RefKind.None && IsNumber(parameter.Type));
        return isFunction ? call(method, [.. arguments.Select(Evaluate)], invocation.Syntax.GetLocation()) : Unsupported(invocation);
    }

    private int Unsupported(IOperation operation)
    {
        mistakes.ReportConstruct(operation);
        return builder.Constant(0);
    }

    private int Unsupported(IOperation operation, string construct)
    {
        mistakes.ReportConstruct(operation, construct);
        return builder.Constant(0);
    }
}
