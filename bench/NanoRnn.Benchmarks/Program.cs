using BenchmarkDotNet.Running;
using NanoRnn.Benchmarks.Rows;
using NanoRnn.Benchmarks.Table;

switch (args)
{
    case ["rows", .. var options]:
        return RowsCommand.Run(options, Console.Out, Console.Error);
    case ["table", var path]:
        SideBySideTable.Write(Row.Read(path), Console.Out);
        return 0;
    default:
        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
        return 0;
}
