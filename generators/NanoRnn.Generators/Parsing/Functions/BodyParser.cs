using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using NanoRnn.Generators.Diagnostics;

namespace NanoRnn.Generators.Parsing.Functions;

/// <summary>
/// Runs the statements of a method on values that are not known yet: a branch that depends on them is taken both ways, and what
/// the two leave behind is selected from.
/// </summary>
internal sealed class BodyParser(Compilation compilation, FunctionBuilder builder, FunctionMistakes mistakes)
{
    private readonly Stack<IMethodSymbol> _callers = [];

    /// <summary>The value that a method returns.</summary>
    /// <param name="method">The method.</param>
    /// <param name="arguments">A value for each parameter.</param>
    /// <param name="caller">Where the method is named.</param>
    public int Parse(IMethodSymbol method, IReadOnlyList<int> arguments, Location caller)
    {
        method = method.OriginalDefinition;
        method = method.PartialImplementationPart ?? method;
        if (_callers.Contains(method, SymbolEqualityComparer.Default))
            return Fail(DiagnosticDescriptors.RecursiveFunction, caller, FunctionMistakes.MethodName(method));
        var syntax = method.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() as MethodDeclarationSyntax;
        if (syntax is null || !compilation.ContainsSyntaxTree(syntax.SyntaxTree))
            return Fail(DiagnosticDescriptors.FunctionNotInProject, caller, FunctionMistakes.MethodName(method));
        if (builder.IsTooLarge)
            return Fail(DiagnosticDescriptors.FunctionTooLarge, caller, FunctionBuilder.MaxNodes.ToString());

        if (mistakes.FailsToCompile(syntax, compilation)
            || compilation.GetSemanticModel(syntax.SyntaxTree).GetOperation(syntax) is not IMethodBodyOperation operation
            || (operation.BlockBody ?? operation.ExpressionBody) is not { } body)
        {
            mistakes.Fail();
            return builder.Constant(0);
        }

        var locals = ImmutableDictionary.Create<ISymbol, int>(SymbolEqualityComparer.Default);
        for (var i = 0; i < arguments.Count; i++)
            locals = locals.Add(method.Parameters[i], arguments[i]);
        _callers.Push(method);
        var flow = Run(body.Operations, new Flow(locals, builder.Condition(false), null));
        _callers.Pop();
        return flow.Value ?? builder.Constant(0);
    }

    private int Fail(DiagnosticDescriptor descriptor, Location location, string argument)
    {
        mistakes.Report(descriptor, location, argument);
        return builder.Constant(0);
    }

    private Flow Run(IEnumerable<IOperation> statements, Flow flow)
    {
        foreach (var statement in statements)
            if (!builder.IsTrue(flow.HasReturned))
                flow = Run(statement, flow);
        return flow;
    }

    private Flow Run(IOperation statement, Flow flow)
    {
        switch (statement)
        {
            case IBlockOperation block:
                return Run(block.Operations, flow);
            case IVariableDeclarationGroupOperation group:
                foreach (var variable in group.Declarations.SelectMany(declaration => declaration.Declarators))
                    if (!variable.Symbol.IsConst && (variable.Initializer ?? ((IVariableDeclarationOperation)variable.Parent!).Initializer) is { } initializer)
                        flow = Assign(flow, variable.Symbol, Evaluate(initializer.Value, flow));
                return flow;
            case IExpressionStatementOperation { Operation: ISimpleAssignmentOperation { IsRef: false } assignment }:
                return Target(assignment.Target) is { } target
                    ? Assign(flow, target, Evaluate(assignment.Value, flow))
                    : Unsupported(assignment.Target, flow);
            case IExpressionStatementOperation { Operation: ICompoundAssignmentOperation { OperatorMethod: null } assignment }:
                return Target(assignment.Target) is { } changed
                    && ExpressionParser.Arithmetic(assignment.OperatorKind) is { } operation
                    ? Assign(flow, changed, builder.Make(operation, Evaluate(assignment.Target, flow), Evaluate(assignment.Value, flow)))
                    : Unsupported(assignment, flow);
            case IExpressionStatementOperation expression:
                return Unsupported(expression.Operation, flow);
            case IConditionalOperation branch:
                return Branch(branch, flow);
            case IReturnOperation { ReturnedValue: { } returned }:
                return Then(flow, flow with { HasReturned = builder.Condition(true), Value = Evaluate(returned, flow) });
            case IEmptyOperation:
                return flow;
            default:
                return Unsupported(statement, flow);
        }
    }

    private Flow Branch(IConditionalOperation branch, Flow flow)
    {
        var condition = Evaluate(branch.Condition, flow);
        var start = flow with { HasReturned = builder.Condition(false), Value = null };
        var taken = Run(branch.WhenTrue, start);
        var other = branch.WhenFalse is { } whenFalse ? Run(whenFalse, start) : start;
        var value = taken.Value is { } a && other.Value is { } b ? builder.Select(condition, a, b) : taken.Value ?? other.Value;
        return Then(flow, new Flow(
            Merge(condition, taken, other), builder.Select(condition, taken.HasReturned, other.HasReturned), value));
    }

    /// <summary>The locals behind a branch; one that only one side has set is read only if that side was taken.</summary>
    private ImmutableDictionary<ISymbol, int> Merge(int condition, Flow taken, Flow other)
    {
        if (builder.IsTrue(taken.HasReturned))
            return other.Locals;
        if (builder.IsTrue(other.HasReturned))
            return taken.Locals;
        var merged = taken.Locals;
        foreach (var local in other.Locals)
            merged = merged.SetItem(
                local.Key, merged.TryGetValue(local.Key, out var value) ? builder.Select(condition, value, local.Value) : local.Value);
        return merged;
    }

    /// <summary>What is known after <paramref name="next"/>, where the method may have returned before it.</summary>
    private Flow Then(Flow flow, Flow next) => next with
    {
        HasReturned = builder.Or(flow.HasReturned, next.HasReturned),
        Value = flow.Value is { } before && next.Value is { } after ? builder.Select(flow.HasReturned, before, after) : flow.Value ?? next.Value,
    };

    private Flow Assign(Flow flow, ISymbol local, int value)
    {
        builder.Name(value, local.Name);
        return flow with { Locals = flow.Locals.SetItem(local, value) };
    }

    private static ISymbol? Target(IOperation target) => target switch
    {
        ILocalReferenceOperation { Local.RefKind: RefKind.None } local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        _ => null,
    };

    private Flow Unsupported(IOperation operation, Flow flow)
    {
        mistakes.ReportConstruct(operation);
        return flow;
    }

    private int Evaluate(IOperation operation, Flow flow) =>
        new ExpressionParser(builder, mistakes, flow.Locals, Parse).Evaluate(operation);

    /// <summary>What is known at a place of a method.</summary>
    /// <param name="Locals">The values of parameters and locals.</param>
    /// <param name="HasReturned">The condition under which the method has returned already.</param>
    /// <param name="Value">What it has returned then, if there is such a case.</param>
    private sealed record Flow(ImmutableDictionary<ISymbol, int> Locals, int HasReturned, int? Value);
}
