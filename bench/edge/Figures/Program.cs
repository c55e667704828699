using System.Globalization;
using Figures;

// Each argument is name=binary; prints a row of a table for each.
const int Starts = 200;
const int Values = 1_000_000;
const int MemoryValues = 1_000;

var one = Path.GetTempFileName();
var few = Path.GetTempFileName();
var many = Path.GetTempFileName();
try
{
    File.WriteAllText(one, "58\n");
    File.WriteAllLines(few, Series(Values / 100));
    File.WriteAllLines(many, Series(Values));
    Console.WriteLine("| binary | bytes | start to exit, one forecast (median of 200) | 9 of 10 within | peak memory | each further value |");
    Console.WriteLine("|---|---:|---:|---:|---:|---:|");
    foreach (var argument in args)
    {
        var (name, program) = argument.Split('=', 2) is [var first, var second]
            ? (first, Path.GetFullPath(second))
            : throw new ArgumentException($"Expected name=binary, found '{argument}'.");
        var starts = new double[Starts];
        for (var i = 0; i < Starts; i++)
            starts[i] = Child.Time(program, one).TotalMilliseconds;
        Array.Sort(starts);

        // Without fused multiply-add a value takes so long that a hundredth of them is enough.
        var (file, count) = Child.Time(program, few).TotalSeconds > 0.05 ? (few, Values / 100) : (many, Values);
        var fastest = Enumerable.Range(0, 5).Min(_ => Child.Time(program, file).TotalMilliseconds);
        var nanoseconds = (fastest - starts[Starts / 2]) * 1e6 / count;
        var peak = Child.PeakKilobytes(program, Series(MemoryValues));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {name} | {new FileInfo(program).Length:N0} | {starts[Starts / 2]:F2} ms | {starts[Starts * 9 / 10]:F2} ms | {peak / 1024.0:F2} MB | {nanoseconds:N0} ns |"));
    }
}
finally
{
    File.Delete(one);
    File.Delete(few);
    File.Delete(many);
}

static IEnumerable<string> Series(int count) =>
    Enumerable.Range(0, count).Select(i => (60 + 50 * Math.Sin(i * 0.05) + i % 7).ToString("F3", CultureInfo.InvariantCulture));
