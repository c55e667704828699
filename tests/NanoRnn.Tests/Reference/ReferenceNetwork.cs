using System.Reflection;

namespace NanoRnn.Tests.Reference;

/// <summary>
/// A model class computed from its attributes in double precision: no vectors, no packing, nothing shared with the library
/// but the attributes themselves.
/// </summary>
internal sealed class ReferenceNetwork
{
    private readonly List<ReferenceLayer> _layers = [];

    /// <summary>Reads the layer attributes of <paramref name="model"/>, which the compiler stores in source order.</summary>
    public ReferenceNetwork(Type model)
    {
        InputSize = model.GetCustomAttribute<RnnModelAttribute>()!.InputSize;
        var counts = new Dictionary<string, int>();
        var width = InputSize;
        foreach (var attribute in model.GetCustomAttributes<LayerAttribute>(inherit: false))
        {
            var name = attribute.Name ?? DefaultName(attribute, counts);
            _layers.Add(attribute switch
            {
                DenseAttribute dense => new ReferenceDense(name, width, dense),
                SimpleRnnAttribute simpleRnn => new ReferenceSimpleRnn(name, width, simpleRnn),
                LstmAttribute lstm => new ReferenceLstm(name, width, lstm),
                GruAttribute gru => new ReferenceGru(name, width, gru),
                _ => throw new NotSupportedException($"The reference has no {attribute.GetType().Name}."),
            });
            width = ((UnitsLayerAttribute)attribute).Units;
        }

        OutputSize = width;
        Tensors = [.. _layers.SelectMany(layer => layer.Tensors)];
    }

    /// <summary>Features of the input at one time step.</summary>
    public int InputSize { get; }

    /// <summary>Features of the output at one time step.</summary>
    public int OutputSize { get; }

    /// <summary>All tensors, in the order of a file.</summary>
    public IReadOnlyList<ReferenceTensor> Tensors { get; }

    /// <summary>Outputs of a batch stored batch × time × features, stored in the same way.</summary>
    public double[] Predict(float[] sequences, int timeSteps, BranchTrace? branches = null)
    {
        var outputs = new List<double>();
        for (var start = 0; start < sequences.Length; start += timeSteps * InputSize)
        {
            var sequence = new double[timeSteps][];
            for (var t = 0; t < timeSteps; t++)
                sequence[t] = [.. sequences.Skip(start + t * InputSize).Take(InputSize).Select(x => (double)x)];

            foreach (var layer in _layers)
                sequence = layer.Run(sequence, branches);

            outputs.AddRange(sequence.SelectMany(step => step));
        }

        return [.. outputs];
    }

    /// <summary>The name Keras gives: the kind in snake case, with a number from the second of its kind.</summary>
    private static string DefaultName(LayerAttribute attribute, Dictionary<string, int> counts)
    {
        var kind = attribute switch
        {
            SimpleRnnAttribute => "simple_rnn",
            LstmAttribute => "lstm",
            GruAttribute => "gru",
            _ => "dense",
        };
        counts[kind] = counts.TryGetValue(kind, out var count) ? count + 1 : 0;
        return counts[kind] == 0 ? kind : $"{kind}_{counts[kind]}";
    }
}
