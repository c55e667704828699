namespace NanoRnn.Arm64.Tests;

/// <summary>
/// A program of ARM64 code: a .NET library, a stand-in for the runtime, and C that calls the library's functions. It is linked statically.
/// </summary>
internal sealed class Arm64Program
{
    private static readonly string[] Sources = ["runtime.c", "dispatch.c", "program.c"];

    /// <summary>The program of all test models.</summary>
    public static readonly Lazy<Arm64Program> Digests = new(() => Build("digests", Toolchain.Arm64CoreLibrary));

    private readonly string _path;
    private readonly Lazy<IReadOnlyList<NativeFunction>> _functions;

    private Arm64Program(string path)
    {
        _path = path;
        _functions = new(() => Disassembly.Read(Toolchain.Disassembler, _path));
    }

    /// <summary>Its functions.</summary>
    public IReadOnlyList<NativeFunction> Functions => _functions.Value;

    /// <summary>Compiles and links the program that writes digests.</summary>
    /// <param name="name">The name of its folder.</param>
    /// <param name="coreLibrary">The core library to compile with.</param>
    public static Arm64Program Build(string name, string coreLibrary)
    {
        var folder = Toolchain.CreateFolder(name);
        var (library, runtime) = (Path.Combine(folder, "library.o"), Path.Combine(folder, "runtime.o"));
        var (stubs, program) = (Path.Combine(folder, "stubs.c"), Path.Combine(folder, "program"));
        Toolchain.Compiler.Compile(Toolchain.PathOf("NanoRnn.Arm64.Host"), coreLibrary, library);
        var sources = Sources.Select(source => Path.Combine(AppContext.BaseDirectory, "Native", source));
        Tool.Read(Toolchain.Gcc, ["-O2", "-Wall", "-Wextra", "-Werror", "-r", "-o", runtime, .. sources]);
        File.WriteAllText(stubs, WriteStubs(ReadSymbols(library, "--undefined-only").Except(ReadSymbols(runtime, "--defined-only"))));
        Tool.Read(Toolchain.Gcc, ["-static", "-o", program, runtime, stubs, library, "-Wl,--gc-sections", "-lm"]);
        return new Arm64Program(program);
    }

    /// <summary>Runs it under emulation.</summary>
    public ToolResult Run(TimeSpan timeout) => Tool.Run(Toolchain.Emulator, [_path], timeout);

    /// <summary>Functions that end the program with a message, for all of the real runtime that the stand-in has not.</summary>
    private static string WriteStubs(IEnumerable<string> undefined)
    {
        var names = undefined.Where(name => name.StartsWith("Rh", StringComparison.Ordinal) || name.StartsWith("SystemNative_", StringComparison.Ordinal));
        return "void stop(const char *what, const char *name) __attribute__((noreturn));\n"
            + string.Concat(names.Order(StringComparer.Ordinal).Select(name => $"void {name}(void) {{ stop(\"not in the stand-in runtime\", \"{name}\"); }}\n"));
    }

    private static string[] ReadSymbols(string file, string kind) =>
        Tool.Read(Toolchain.SymbolReader, ["--format=just-symbols", kind, file]).Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
