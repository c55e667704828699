using System.Globalization;
using Xunit.Abstractions;

namespace NanoRnn.Arm64.Tests;

/// <summary>What a layer costs in a program that predicts, in each way there is, and never trains.</summary>
public class SizeTests(ITestOutputHelper output)
{
    private const int MostBytes = 8 * 1024;
    private const string Kernels = "_Forecaster_Vector128Kernels__";

    [Arm64Fact]
    public void LstmLayerFitsEightKilobytes()
    {
        var file = Path.Combine(Toolchain.CreateFolder("inference"), "library.o");
        Toolchain.Compiler.Compile(Toolchain.PathOf("NanoRnn.Arm64.Inference"), Toolchain.Arm64CoreLibrary, file);
        var sizes = Tool.Read(Toolchain.SymbolReader, ["--print-size", "--defined-only", file]).Split('\n')
            .Select(line => line.Split(' '))
            .Where(columns => columns is [_, _, "T" or "t", var name] && name.Contains("_Forecaster", StringComparison.Ordinal))
            .Select(columns => (Name: columns[3], Bytes: int.Parse(columns[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture)))
            .DistinctBy(function => function.Name)
            .ToList();
        foreach (var (name, bytes) in sizes.OrderByDescending(function => function.Bytes))
            output.WriteLine($"{bytes,6} {name}");

        // What the layer's kernels share with other layers, such as tanh, counts as the layer's.
        var layer = sizes
            .Where(function => function.Name.Contains(Kernels, StringComparison.Ordinal) && !function.Name.Contains(Kernels + "Dense", StringComparison.Ordinal))
            .ToList();
        Assert.Contains(layer, function => function.Name.Contains(Kernels + "LstmStep", StringComparison.Ordinal));
        Assert.Contains(layer, function => function.Name.Contains(Kernels + "LstmRows", StringComparison.Ordinal));
        var total = layer.Sum(function => function.Bytes);
        output.WriteLine($"{total,6} bytes for the LSTM layer");
        Assert.InRange(total, 1, MostBytes);
    }
}
