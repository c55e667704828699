namespace NanoRnn.Tool.Writing;

/// <summary>A method of an imported class.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Summary">What it is.</param>
/// <param name="Text">Its lines without indentation.</param>
internal sealed record ImportedMethod(string Name, string Summary, string Text)
{
    /// <summary>An LSTM whose gates see the cell state, as ONNX has it.</summary>
    public static readonly ImportedMethod PeepholeLstm = new(
        "PeepholeLstm", "An LSTM whose gates see the cell state too.",
        """
        [Cell]
        public static CellDefinition PeepholeLstm(CellBuilder cell)
        {
            var h = cell.Previous("h");
            var c = cell.Previous("c");
            var input = cell.Gate(cell.Affine("i", h) + cell.Weight("input_peephole") * c);
            var forget = cell.Gate(cell.Affine("f", h) + cell.Weight("forget_peephole") * c);
            var next = forget * c + input * cell.Activate(cell.Affine("c", h));
            var output = cell.Gate(cell.Affine("o", h) + cell.Weight("output_peephole") * next);
            return cell.Build((h, output * cell.Activate(next)), (c, next));
        }
        """);

    /// <summary>A function of one number.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="body">What it returns for <c>x</c>.</param>
    public static ImportedMethod Function(string name, string body) => new(name, "A function that no activation is.", $"public static float {name}(float x) => {body};");
}
