using NanoRnn.CompilerServices;
using NanoRnn.Generators.Lowering.Expressions;
using NanoRnn.Generators.Lowering.Functions;
using NanoRnn.Generators.Parsing;

namespace NanoRnn.Generators.Lowering;

/// <summary>The few words in which cells are written.</summary>
internal sealed class CellBuilder(LayerSpec layer)
{
    private readonly ExprGraph _graph = new();
    private readonly List<AffineMap> _maps = [];

    /// <summary>The previous value of a vector that the cell carries from step to step.</summary>
    public Expr Previous(string name) => _graph.Leaf(name);

    /// <summary>x·W + recurrent·U + b, for one gate.</summary>
    public Expr Affine(string name, Expr? recurrent = null, bool usesInput = true, int biases = 1)
    {
        var sum = _graph.Leaf(name + "Sum");
        _maps.Add(new AffineMap
        {
            Name = name,
            UsesInput = usesInput,
            Recurrent = recurrent,
            BiasCount = layer.UseBias ? biases : 0,
            Sum = sum,
        });
        return sum;
    }

    /// <summary>The input, unit by unit.</summary>
    public Expr Input(string name)
    {
        var sum = _graph.Leaf(name);
        _maps.Add(new AffineMap { Name = name, UsesInput = false, IsInput = true, Recurrent = null, BiasCount = 0, Sum = sum });
        return sum;
    }

    /// <summary>A trainable vector: an affine map that is nothing but a bias.</summary>
    public Expr Weight(string name, Initializer initializer = Initializer.Zeros)
    {
        var sum = _graph.Leaf(name + "Sum");
        _maps.Add(new AffineMap { Name = name, UsesInput = false, Recurrent = null, BiasCount = 1, Initializer = initializer, Sum = sum });
        return sum;
    }

    /// <summary>A number in every unit.</summary>
    public Expr Constant(float value) => _graph.Constant(value);

    /// <summary>The layer's activation.</summary>
    public Expr Activate(Expr x) => layer.ActivationMethod is { } method ? MethodFunction.For(method).Of(x)
        : layer.Activation.Apply(x);

    /// <summary>The layer's recurrent activation.</summary>
    public Expr Gate(Expr x) => layer.RecurrentActivationMethod is { } method ? MethodFunction.For(method).Of(x)
        : layer.RecurrentActivation.Apply(x);

    /// <summary>A layer without memory.</summary>
    public Cell Build(Expr output, params Expr[] gates) => new()
    {
        Graph = _graph,
        Maps = _maps,
        States = [],
        Output = Fuse(output)[0],
        Tensors = gates.Length == 0 ? [] : [Tensor(TensorRole.Kernel, gates), .. Bias(gates)],
    };

    /// <summary>A layer without memory whose tensors are weights with names.</summary>
    public Cell Build(Expr output, (string Name, Expr Sum)[] weights) => new()
    {
        Graph = _graph,
        Maps = _maps,
        States = [],
        Output = Fuse(output)[0],
        Tensors = Weights(weights),
    };

    /// <summary>A recurrent layer whose kernel, recurrent kernel and bias have the same gates.</summary>
    public Cell Build((Expr Previous, Expr Next)[] states, params Expr[] gates) => Build(states, gates, gates, [gates]);

    /// <summary>A recurrent layer; each tensor's gates in the file's order.</summary>
    public Cell Build((Expr Previous, Expr Next)[] states, Expr[] kernel, Expr[] recurrentKernel, Expr[][] bias)
    {
        var next = Fuse([.. states.Select(state => state.Next)]);
        return new()
        {
            Graph = _graph,
            Maps = _maps,
            States =
            [
                .. states.Zip(next, (state, value) => new State { Name = state.Previous.Name!, Previous = state.Previous, Next = value }),
            ],
            Output = next[0],
            Tensors =
            [
                Tensor(TensorRole.Kernel, kernel),
                Tensor(TensorRole.RecurrentKernel, recurrentKernel),
                .. Bias(bias),
            ],
        };
    }

    /// <summary>A recurrent layer whose gates feed what they have: input, recurrent vector, bias; and weights with names.</summary>
    public Cell Build((Expr Previous, Expr Next)[] states, Expr[] gates, (string Name, Expr Sum)[] weights)
    {
        var cell = Build(states, Fed(map => map.UsesInput), Fed(map => map.Recurrent is not null), [Fed(map => map.BiasCount > 0)]);
        return new Cell
        {
            Graph = cell.Graph,
            Maps = cell.Maps,
            States = cell.States,
            Output = cell.Output,
            Tensors =
            [
                .. cell.Tensors.Where(tensor => tensor.GateRows[0].Count > 0),
                .. Weights(weights),
            ],
        };

        Expr[] Fed(Func<AffineMap, bool> isFed) => [.. gates.Where(sum => isFed(_maps.Single(map => map.Sum == sum)))];
    }

    /// <summary>The cell's results with products in functions' own forms.</summary>
    private Expr[] Fuse(params Expr[] results) =>
        [.. results.Select(new ProductFusion(results, _maps.Select(map => map.Recurrent).OfType<Expr>()).Fuse)];

    private CellTensor[] Weights((string Name, Expr Sum)[] weights) =>
        [.. weights.Select(weight => Tensor(TensorRole.Weight, [weight.Sum]) with { Name = weight.Name })];

    private IEnumerable<CellTensor> Bias(params Expr[][] rows) => layer.UseBias ? [Tensor(TensorRole.Bias, rows)] : [];

    private CellTensor Tensor(TensorRole role, params Expr[][] rows) =>
        new(role, [.. rows.Select(row => row.Select(sum => _maps.Single(map => map.Sum == sum)).ToArray())]);
}
