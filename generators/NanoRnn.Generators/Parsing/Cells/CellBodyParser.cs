using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using NanoRnn.Generators.Diagnostics;
using NanoRnn.Generators.Parsing.Functions;

namespace NanoRnn.Generators.Parsing.Cells;

/// <summary>Reads the statements of a method with <c>[Cell]</c>: locals, and the cell that is returned at the end.</summary>
internal sealed class CellBodyParser(Compilation compilation, FunctionMistakes mistakes, List<DiagnosticInfo> diagnostics)
{
    private readonly List<CellNode> _nodes = [];
    private readonly Dictionary<ISymbol, int> _locals = new(SymbolEqualityComparer.Default);
    private readonly HashSet<string> _stateNames = new(StringComparer.Ordinal);
    private readonly HashSet<string> _sumNames = new(StringComparer.Ordinal) { "kernel", "recurrent_kernel", "bias" };
    private readonly CellNames _names = new();
    private CellSpec? _cell;

    public CellSpec? Parse(IBlockOperation body)
    {
        foreach (var statement in body.Operations)
            Run(statement);
        return _cell;
    }

    private void Run(IOperation statement)
    {
        switch (statement)
        {
            case IVariableDeclarationGroupOperation group:
                foreach (var variable in group.Declarations.SelectMany(declaration => declaration.Declarators))
                    if (!variable.Symbol.IsConst)
                        Declare(variable);
                break;
            case IReturnOperation { ReturnedValue: IInvocationOperation { TargetMethod.Name: "Build" } build }:
                Build(build);
                break;
            case IReturnOperation { ReturnedValue: { } returned }:
                Unsupported(returned, "a cell that is not from Build(...)");
                break;
            default:
                Unsupported(statement, FunctionMistakes.Describe(statement));
                break;
        }
    }

    private void Declare(IVariableDeclaratorOperation variable)
    {
        if (variable.Initializer is not { } initializer)
        {
            Unsupported(variable, "a local without a value");
            return;
        }

        var value = Evaluate(initializer.Value);
        _locals[variable.Symbol] = value;
        if (_nodes[value] is { Identifier: null, Operation: not CellOperation.Constant } node)
            _nodes[value] = node with { Identifier = _names.OfValue(variable.Symbol.Name) };
    }

    private int Evaluate(IOperation operation)
    {
        switch (operation)
        {
            case ILocalReferenceOperation local when _locals.TryGetValue(local.Local, out var value):
                return value;
            case IConversionOperation { Type.Name: "CellValue" } conversion:
                return FunctionMistakes.Number(conversion.Operand) is { } number
                    ? Add(new CellNode(CellOperation.Constant) { Value = number })
                    : conversion.OperatorMethod is null ? Evaluate(conversion.Operand)
                    : Unsupported(conversion.Operand, "a number that is no constant");
            case IUnaryOperation { OperatorKind: UnaryOperatorKind.Minus } unary:
                return Add(new CellNode(CellOperation.Negate, Evaluate(unary.Operand)));
            case IBinaryOperation { OperatorMethod: not null } binary when Arithmetic(binary.OperatorKind) is { } arithmetic:
                return Add(new CellNode(arithmetic, Evaluate(binary.LeftOperand), Evaluate(binary.RightOperand)));
            case IInvocationOperation { Instance: IParameterReferenceOperation } call:
                return Call(call);
            default:
                return Unsupported(operation, FunctionMistakes.Describe(operation));
        }
    }

    private static CellOperation? Arithmetic(BinaryOperatorKind kind) => kind switch
    {
        BinaryOperatorKind.Add => CellOperation.Add,
        BinaryOperatorKind.Subtract => CellOperation.Subtract,
        BinaryOperatorKind.Multiply => CellOperation.Multiply,
        BinaryOperatorKind.Divide => CellOperation.Divide,
        _ => null,
    };

    private int Call(IInvocationOperation call)
    {
        var arguments = call.Arguments.OrderBy(argument => argument.Parameter!.Ordinal).Select(argument => argument.Value).ToArray();
        switch (call.TargetMethod.Name)
        {
            case "Previous":
                return NameOf(call, arguments[0], _stateNames) is { } state
                    ? Add(new CellNode(CellOperation.Previous) { Name = state, Identifier = _names.OfState(state) })
                    : Failed();
            case "Weight":
                return NameOf(call, arguments[0], _sumNames) is { } weight
                    ? Add(new CellNode(CellOperation.Weight) { Name = weight, Identifier = _names.OfSum(weight) })
                    : Failed();
            case "Affine":
                return Affine(call, arguments);
            case "Gate":
                return Add(new CellNode(CellOperation.Gate, Evaluate(arguments[0])));
            case "Activate":
                return Add(new CellNode(CellOperation.Activate, Evaluate(arguments[0])));
            case "Apply":
                return Apply(arguments[0], Evaluate(arguments[1]));
            default:
                return Unsupported(call, FunctionMistakes.Describe(call));
        }
    }

    private int Affine(IInvocationOperation call, IOperation[] arguments)
    {
        var hasOperand = arguments[1].ConstantValue is not { HasValue: true, Value: null };
        var operand = hasOperand ? Evaluate(arguments[1]) : -1;
        if (Flag(arguments[2]) is not { } usesInput || Flag(arguments[3]) is not { } useBias || NameOf(call, arguments[0], _sumNames) is not { } name)
            return Failed();
        if (!usesInput && !hasOperand)
            return Invalid(call, $"the gate '{name}' has neither an input nor a recurrent vector; a vector alone is a Weight");
        if (hasOperand && _nodes[operand] is { Identifier: null } computed)
            _nodes[operand] = computed with { Identifier = _names.OfValue(null) };
        if (hasOperand && ConflictingGate(operand) is { } other)
            return Invalid(
                call,
                $"the gates '{other}' and '{name}' multiply different {(IsState(operand) ? "states" : "computed vectors")} by recurrent kernels");
        return Add(new CellNode(CellOperation.Affine, operand)
        {
            Name = name, Identifier = _names.OfSum(name), UsesInput = usesInput, UseBias = useBias,
        });
    }

    /// <summary>A gate that multiplies another vector at the same stage of a step; each stage has one.</summary>
    private string? ConflictingGate(int operand) => _nodes.Find(node =>
        node.Operation == CellOperation.Affine && node.A >= 0 && node.A != operand && IsState(node.A) == IsState(operand))?.Name;

    private bool IsState(int node) => _nodes[node].Operation == CellOperation.Previous;

    private bool? Flag(IOperation argument)
    {
        if (argument.ConstantValue.Value is bool flag)
            return flag;
        Unsupported(argument, "a flag that is no constant");
        return null;
    }

    private int Apply(IOperation function, int x)
    {
        var target = function is IDelegateCreationOperation creation ? creation.Target : function;
        if (target is not IMethodReferenceOperation { Method: { } method })
            return Unsupported(function, "a function that is not named");
        var name = string.Concat(method.ToDisplayString().TakeWhile(c => c != '(').Select(c => char.IsLetterOrDigit(c) ? c.ToString() : c == '.' ? "_" : $"_{(int)c}_"));
        if (MathFunctions.IsLibrary(method.ContainingType))
            return MathFunctions.Named(name, method) is { } known
                ? Add(new CellNode(CellOperation.Apply, x) { Function = known })
                : Unsupported(function, $"'{FunctionMistakes.MethodName(method)}'");
        if (FunctionParser.OfOne.Mismatch(method) is { } mismatch)
            return Unsupported(function, $"'{FunctionMistakes.MethodName(method)}' ({mismatch})");
        if (FunctionParser.OfOne.Parse(method, name, compilation, function.Syntax.GetLocation(), diagnostics) is not { } own)
            return Failed();
        return Add(new CellNode(CellOperation.Apply, x) { Function = own });
    }

    private void Build(IInvocationOperation build)
    {
        var elements = build.Arguments[0].Value is IArrayCreationOperation { Initializer: { } initializer } ? initializer.ElementValues : [];
        var states = new List<CellStateSpec>();
        foreach (var element in elements)
            if ((element is IConversionOperation conversion ? conversion.Operand : element) is ITupleOperation { Elements.Length: 2 } pair)
                states.Add(new CellStateSpec(Evaluate(pair.Elements[0]), Evaluate(pair.Elements[1])));
            else
                Unsupported(element, "a state that is not a pair of values");
        if (mistakes.HasFailed)
            return;

        var forgotten = Enumerable.Range(0, _nodes.Count).Where(node => IsState(node) && states.TrueForAll(state => state.Previous != node)).ToList();
        var gates = _nodes.FindAll(node => node.Operation == CellOperation.Affine);
        if (states.Count == 0)
            Invalid(build, "it has no state");
        else if (states.Exists(state => !IsState(state.Previous)))
            Invalid(build, "the first value of a state must be from Previous(...)");
        else if (states.Select(state => state.Previous).Distinct().Count() != states.Count)
            Invalid(build, "a state is given twice");
        else if (forgotten.Count > 0)
            Invalid(build, $"nothing says what comes after the state '{_nodes[forgotten[0]].Name}'");
        else if (!gates.Exists(node => node.UsesInput))
            Invalid(build, "no gate uses the input");
        else if (gates.TrueForAll(node => node.A >= 0 && !IsState(node.A)) && !_nodes.Exists(node => node.Operation == CellOperation.Weight))
            Invalid(build, "all gates multiply a computed vector, and there is nothing to compute it from");
        else
            _cell = new CellSpec(new([.. _nodes]), new([.. states]));
    }

    private string? NameOf(IInvocationOperation call, IOperation argument, HashSet<string> taken)
    {
        if (argument.ConstantValue.Value is not string name)
            Unsupported(argument, "a name that is no constant");
        else if (!CellNames.IsValid(name))
            Invalid(call, $"'{name}' cannot be a name: use letters, digits and underscores, and begin with a letter");
        else if (!taken.Add(name))
            Invalid(call, $"the name '{name}' is taken");
        else
            return name;
        return null;
    }

    private int Add(CellNode node)
    {
        _nodes.Add(node);
        return _nodes.Count - 1;
    }

    /// <summary>Stands for a value that there is none of; the mistake is reported already.</summary>
    private int Failed()
    {
        mistakes.Fail();
        return Add(new CellNode(CellOperation.Constant));
    }

    private int Unsupported(IOperation operation, string construct)
    {
        mistakes.ReportConstruct(DiagnosticDescriptors.UnsupportedInCell, operation, construct);
        return Failed();
    }

    private int Invalid(IOperation operation, string reason)
    {
        mistakes.Report(DiagnosticDescriptors.InvalidCell, operation.Syntax.GetLocation(), reason);
        return Failed();
    }
}
