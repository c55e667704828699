namespace NanoRnn.Arm64.Compilation;

/// <summary>
/// NativeAOT's compiler (ilc), which runs on x64 and makes code for ARM64. Its package has no runtime for ARM64: what it makes is an object
/// file, in which methods with <c>UnmanagedCallersOnly</c> are functions.
/// </summary>
public sealed class IlCompiler
{
    private const string Package = "runtime.linux-x64.Microsoft.DotNet.ILCompiler";
    private const string CoreLibrary = "System.Private.CoreLib.dll";

    private readonly string _folder;

    private IlCompiler(string folder) => _folder = folder;

    /// <summary>The core library for x64, as the package has it.</summary>
    public string X64CoreLibrary => Path.Combine(_folder, "sdk", CoreLibrary);

    /// <summary>Gets the compiler from a package source, if it has not been got before.</summary>
    /// <param name="project">The folder of the project that names the package.</param>
    /// <exception cref="FileNotFoundException">No package source has it, or the machine is another.</exception>
    public static IlCompiler Restore(string project)
    {
        if (!OperatingSystem.IsLinux() || !Environment.Is64BitProcess)
            throw new FileNotFoundException("Linux on x64, which the compiler's package is for");
        var restore = Tool.Run(Tool.DotNet, ["restore", project, "-v", "quiet"], TimeSpan.FromMinutes(5));
        var packages = Property(project, "NuGetPackageRoot");
        var version = Property(project, "IlcVersion");

        // Packages are in folders of lower case.
        var folder = Path.Combine(packages, Package, version).Replace(Package, Package.ToLowerInvariant(), StringComparison.Ordinal);
        return File.Exists(Path.Combine(folder, "tools", "ilc"))
            ? new IlCompiler(folder)
            : throw new FileNotFoundException($"the package {Package} {version}, which no package source had: {restore.Output.Trim()}");
    }

    /// <summary>Compiles an assembly and what it uses.</summary>
    /// <param name="assembly">The assembly, in a folder with all that it needs beyond .NET.</param>
    /// <param name="coreLibrary">The core library to compile with.</param>
    /// <param name="objectFile">The file to write.</param>
    /// <exception cref="InvalidDataException">The compiler failed.</exception>
    public void Compile(string assembly, string coreLibrary, string objectFile)
    {
        var libraries = Directory.GetFiles(Path.Combine(_folder, "sdk"), "*.dll").Where(path => Path.GetFileName(path) != CoreLibrary);
        var own = Directory.GetFiles(Path.GetDirectoryName(assembly)!, "*.dll").Where(path => path != assembly);
        Tool.Read(Path.Combine(_folder, "tools", "ilc"),
        [
            assembly, "-o:" + objectFile, "-O", "--targetos:linux", "--targetarch:arm64",
            "-r:" + coreLibrary, .. libraries.Concat(own).Select(path => "-r:" + path), "-r:" + Path.Combine(_folder, "framework", "*.dll"),

            // A library whose functions may be called, and whose static constructors and generic virtual methods work.
            "--nativelib", "--generateunmanagedentrypoints:" + Path.GetFileNameWithoutExtension(assembly),
            "--generateunmanagedentrypoints:System.Private.CoreLib", "--initassembly:System.Private.CoreLib", "--initassembly:System.Private.TypeLoader",
            "--directpinvoke:libSystem.Native",

            // As little of .NET as possible.
            "--feature:System.Globalization.Invariant=true", "--feature:System.Resources.UseSystemResourceKeys=true",
            "--feature:System.Diagnostics.Tracing.EventSource.IsSupported=false", "--feature:System.StartupHookProvider.IsSupported=false",
        ]);
    }

    private static string Property(string project, string name) => Tool.Read(Tool.DotNet, ["msbuild", project, "-getProperty:" + name]).Trim();
}
