using NanoRnn.Arm64.Compilation;
using NanoRnn.Arm64.Report;

if (args is not [var ilcProject, var kernels, var folder])
{
    Console.Error.WriteLine("usage: NanoRnn.Arm64.Report ILC-PROJECT KERNELS FOLDER");
    return 2;
}

try
{
    var compiler = IlCompiler.Restore(ilcProject);
    var (coreLibrary, objectFile) = (Path.Combine(folder, "System.Private.CoreLib.dll"), Path.Combine(folder, "kernels.o"));
    Arm64ClassLibrary.Write(compiler.X64CoreLibrary, coreLibrary);
    compiler.Compile(kernels, coreLibrary, objectFile);
    Console.Write(Table.Create(objectFile));
    return 0;
}
catch (FileNotFoundException exception)
{
    Console.Error.WriteLine($"missing: {exception.Message} (skipped: the report on ARM64; see bench/README.md)");
    return 3;
}
catch (InvalidDataException exception)
{
    Console.Error.WriteLine($"failed: {exception.Message}");
    return 1;
}
