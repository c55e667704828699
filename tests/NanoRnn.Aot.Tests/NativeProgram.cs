namespace NanoRnn.Aot.Tests;

/// <summary>A published binary.</summary>
/// <param name="Cpu">The least processor it runs on, as the property NanoRnnCpu says.</param>
/// <param name="Program">How to run it.</param>
/// <param name="Folder">What was published.</param>
/// <param name="Log">What publishing printed.</param>
/// <param name="Map">The compiler's list of what is in it.</param>
internal sealed record NativeProgram(string Cpu, EdgeProgram Program, string Folder, string Log, string Map)
{
    public long Bytes => new FileInfo(Program.Command).Length;
}
