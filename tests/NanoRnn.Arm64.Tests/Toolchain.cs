using System.Reflection;

namespace NanoRnn.Arm64.Tests;

/// <summary>What makes ARM64 programs out of .NET libraries and C, and runs them.</summary>
internal static class Toolchain
{
    public const string Gcc = "aarch64-linux-gnu-gcc";
    public const string SymbolReader = "aarch64-linux-gnu-nm";
    public const string Disassembler = "aarch64-linux-gnu-objdump";
    public const string Emulator = "qemu-aarch64-static";

    private static readonly (string Program, string Package)[] Programs =
    [
        (Gcc, "gcc-aarch64-linux-gnu"),
        (SymbolReader, "binutils-aarch64-linux-gnu"),
        (Disassembler, "binutils-aarch64-linux-gnu"),
        (Emulator, "qemu-user-static"),
    ];

    private static readonly Lazy<IlCompiler> LazyCompiler = new(() => IlCompiler.Restore(PathOf("Ilc")));

    private static readonly Lazy<string> LazyCoreLibrary = new(() =>
    {
        var path = Path.Combine(CreateFolder("class-library"), "System.Private.CoreLib.dll");
        Arm64ClassLibrary.Write(Compiler.X64CoreLibrary, path);
        return path;
    });

    public static IlCompiler Compiler => LazyCompiler.Value;

    /// <summary>The core library that knows ARM64's instructions.</summary>
    public static string Arm64CoreLibrary => LazyCoreLibrary.Value;

    /// <summary>Why nothing can be compiled and run here, or null.</summary>
    public static string? FindObstacle()
    {
        if (SlowTests.FindObstacle("Compiles for ARM64 and runs under emulation") is { } obstacle)
            return obstacle;
        var missing = Programs.Where(tool => !Tool.IsInstalled(tool.Program)).Select(tool => $"{tool.Program} (package {tool.Package})").ToList();
        try
        {
            _ = Compiler;
        }
        catch (FileNotFoundException exception)
        {
            missing.Add(exception.Message);
        }

        return missing.Count > 0 ? $"Missing for ARM64, see docs/arm64.md: {string.Join("; ", missing)}." : null;
    }

    /// <summary>A path that the project file names.</summary>
    public static string PathOf(string name) => typeof(Toolchain).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == name).Value!;

    /// <summary>A folder for what a test makes. It stays, to be looked at.</summary>
    public static string CreateFolder(string name) => Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "arm64", name)).FullName;
}
