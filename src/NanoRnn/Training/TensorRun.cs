using System.Runtime.Intrinsics;
using NanoRnn.CompilerServices;
using NanoRnn.Numerics;

namespace NanoRnn;

/// <summary>Packed floats of one tensor, from <paramref name="Start"/> to <paramref name="End"/> − 1.</summary>
internal readonly record struct TensorRun(int Start, int End)
{
    /// <summary>Where the vector of 16 floats starts that the run begins in. The packed weights are a whole number of those.</summary>
    public int FirstVector => Start / PartialSums.Count * PartialSums.Count;

    /// <summary>The sixteen floats from <paramref name="index"/> on, zero where they are not the run's.</summary>
    public Vector512<float> Load(ref readonly float weights, int index)
    {
        var vector = Vector512.LoadUnsafe(in weights, (nuint)index);
        if (index >= Start && index + PartialSums.Count <= End)
            return vector;
        var indices = Vector512<int>.Indices + Vector512.Create(index);
        var isInside = Vector512.GreaterThanOrEqual(indices, Vector512.Create(Start)) & Vector512.LessThan(indices, Vector512.Create(End));
        return vector & isInside.AsSingle();
    }

    /// <summary>Where the elements of each tensor lie.</summary>
    public static List<TensorRun>[] FindAll(ModelLayout layout)
    {
        const int Padding = -1;
        var owners = new int[layout.WeightLength];
        owners.AsSpan().Fill(Padding);
        for (var tensor = 0; tensor < layout.Tensors.Length; tensor++)
        {
            var elements = layout.Tensors[tensor];
            for (var row = 0; row < elements.Rows; row++)
            {
                for (var column = 0; column < elements.Columns; column++)
                    owners[elements.IndexOf(row, column)] = tensor;
            }
        }

        // Padding adds nothing, so a run may go on over it.
        var runs = new List<TensorRun>[layout.Tensors.Length];
        for (var tensor = 0; tensor < runs.Length; tensor++)
            runs[tensor] = [];
        var (owner, start, end) = (Padding, 0, 0);
        for (var i = 0; i < owners.Length; i++)
        {
            if (owners[i] == Padding)
                continue;
            if (owners[i] != owner)
            {
                Close();
                (owner, start) = (owners[i], i);
            }

            end = i + 1;
        }

        Close();
        return runs;

        void Close()
        {
            if (owner != Padding)
                runs[owner].Add(new TensorRun(start, end));
        }
    }
}
