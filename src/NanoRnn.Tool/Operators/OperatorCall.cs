using System.Diagnostics.CodeAnalysis;
using NanoRnn.Tool.Graphs;

namespace NanoRnn.Tool.Operators;

/// <summary>An operator with the tensors that it reads.</summary>
/// <param name="Node">The operator.</param>
/// <param name="Inputs">What it reads, null where an optional one is left out.</param>
/// <param name="OperatorSet">Version of the operators' meanings.</param>
/// <param name="Budget">How much memory the computation may take.</param>
internal sealed record OperatorCall(OperatorNode Node, Tensor?[] Inputs, int OperatorSet, ElementBudget Budget)
{
    /// <summary>An input that has to be there.</summary>
    public Tensor this[int index] => Optional(index) ?? throw Error($"expected an input {index}, found none");

    public Tensor? Optional(int index) => index < Inputs.Length ? Inputs[index] : null;

    /// <summary>Integers that are an attribute in some versions of the operator and an input in others.</summary>
    public int[]? Integers(string attribute, int input) => Node.Integers(attribute) ?? Optional(input)?.ToIntegers();

    /// <summary>Memory for a result.</summary>
    /// <exception cref="ToolException">It would be out of proportion to the file.</exception>
    public double[] Allocate(int[] shape)
    {
        Demand(shape.All(dimension => dimension >= 0), $"expected dimensions from 0 on, found {Tensor.Describe(shape)}");
        var count = Tensor.CountOf(shape);
        Demand(Budget.TryTake(count), $"a tensor {Tensor.Describe(shape)} is out of proportion to the file");
        return new double[count];
    }

    /// <summary>A number of dimensions, of an axis that may count from behind.</summary>
    public int Axis(int axis, int rank) =>
        axis >= -rank && axis < rank ? axis < 0 ? axis + rank : axis : throw Error($"expected an axis of {rank} dimensions, found {axis}");

    public int[] Axes(int[] axes, int rank) => Array.ConvertAll(axes, axis => Axis(axis, rank));

    public ToolException Error(string message) => new($"node {Node}: {message}.");

    /// <summary>Throws unless a condition that the format demands holds.</summary>
    public void Demand([DoesNotReturnIf(false)] bool condition, string message)
    {
        if (!condition)
            throw Error(message);
    }

    /// <summary>Refuses more multiplications than a model of any size that can be imported takes.</summary>
    public void CheckWork(params ReadOnlySpan<long> factors)
    {
        const double Limit = 1e11;
        var work = 1.0;
        foreach (var factor in factors)
            work *= factor;
        Demand(work <= Limit, $"{work:G3} multiplications are more than the tool does");
    }
}
