namespace NanoRnn.Arm64.Report;

/// <summary>The programs of LLVM.</summary>
internal static class Llvm
{
    /// <summary>A program's name, of the version that <c>LLVM_SUFFIX</c> asks for.</summary>
    public static string Program(string name) => name + Environment.GetEnvironmentVariable("LLVM_SUFFIX");
}
