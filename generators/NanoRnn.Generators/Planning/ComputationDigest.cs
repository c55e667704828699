using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NanoRnn.Generators.Parsing;
using NanoRnn.Generators.Parsing.Cells;
using NanoRnn.Generators.Parsing.Functions;
using NanoRnn.Storage;

namespace NanoRnn.Generators.Planning;

/// <summary>
/// A digest of what a user's function or cell computes: of the operations that its results need and the bits of its numbers, whatever it and its
/// locals are called and whatever else its method does.
/// </summary>
internal static class ComputationDigest
{
    /// <summary>To be changed with whatever makes other digests of the same method; digests of two versions are not compared.</summary>
    private const string Version = "1";

    private const int DigestBytes = 8;

    public static string Of(UserFunction function) => Name(function.DisplayName) + Hash(Text(function));

    public static string Of(CellSpec cell)
    {
        var numbers = new Dictionary<int, int>();
        var text = new StringBuilder();
        foreach (var state in cell.States)
            text.Append($"state {Visit(state.Next)}\n");
        return Name("cell") + Hash(text.ToString());

        int Visit(int index)
        {
            if (index < 0)
                return -1;
            if (numbers.TryGetValue(index, out var number))
                return number;
            var node = cell.Nodes[index];
            var (a, b) = (Visit(node.A), Visit(node.B));
            var detail = node.Operation switch
            {
                CellOperation.Constant => Bits(node.Value),
                CellOperation.Previous => Text(cell.States.Select(state => state.Previous).ToList().IndexOf(index)),
                CellOperation.Affine => $"{node.Name} {node.UsesInput} {node.UseBias}",
                CellOperation.Weight => node.Name,
                CellOperation.Apply => Text(node.Function!),
                _ => "",
            };
            text.Append($"{node.Operation} {a} {b} {detail}\n");
            numbers.Add(index, numbers.Count);
            return numbers.Count - 1;
        }
    }

    private static string Text(UserFunction function)
    {
        var numbers = new Dictionary<int, int>();
        var text = new StringBuilder();
        Visit(function.Result);
        return text.ToString();

        int Visit(int index)
        {
            if (index < 0)
                return -1;
            if (numbers.TryGetValue(index, out var number))
                return number;
            var node = function.Nodes[index];
            var (a, b, c) = (Visit(node.A), Visit(node.B), Visit(node.C));
            text.Append($"{node.Operation} {a} {b} {c} {Bits(node.Value)}\n");
            numbers.Add(index, numbers.Count);
            return numbers.Count - 1;
        }
    }

    private static string Name(string name) =>
        string.Concat(name.Select(c => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '.' ? c : '_'))
        + ModelDescription.DigestMark + Version + ModelDescription.DigestVersionMark;

    private static string Hash(string text)
    {
        using var algorithm = SHA256.Create();
        return string.Concat(algorithm.ComputeHash(Encoding.UTF8.GetBytes(text)).Take(DigestBytes).Select(b => b.ToString("X2", CultureInfo.InvariantCulture)));
    }

    private static string Bits(float value) => BitConverter.ToInt32(BitConverter.GetBytes(value), 0).ToString("X8", CultureInfo.InvariantCulture);

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
