using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text;

namespace NanoRnn.Arm64.Report;

/// <summary>
/// Says for every class of processor instructions whether an ARM64 processor has it. The compiler comes with the class library for
/// x64, which answers otherwise than the ARM64 code generator, and where they disagree the code is an endless loop.
/// </summary>
internal static class Substitutions
{
    private const string Namespace = "System.Runtime.Intrinsics.";
    private static readonly HashSet<string> Supported = ["AdvSimd", "ArmBase"];

    /// <summary>A substitutions file, as trimming takes them.</summary>
    public static string Create(string coreLibrary)
    {
        var text = new StringBuilder("<linker>\n  <assembly fullname=\"System.Private.CoreLib\">\n");
        using var file = new PEReader(File.OpenRead(coreLibrary));
        var reader = file.GetMetadataReader();
        foreach (var handle in reader.TypeDefinitions)
        {
            var type = reader.GetTypeDefinition(handle);
            var (outer, name) = Find(reader, type);
            var space = reader.GetString(outer.Namespace);
            if (space is not (Namespace + "Arm" or Namespace + "X86") || !HasIsSupported(reader, type))
                continue;
            var value = space.EndsWith("Arm", StringComparison.Ordinal) && Supported.Contains(reader.GetString(outer.Name));
            text.Append("    <type fullname=\"").Append(space).Append('.').Append(name)
                .Append("\"><method signature=\"System.Boolean get_IsSupported()\" body=\"stub\" value=\"")
                .Append(value ? "true" : "false").Append("\" /></type>\n");
        }

        return text.Append("  </assembly>\n</linker>\n").ToString();
    }

    /// <summary>The outermost type around a type, and the type's name with a slash.</summary>
    private static (TypeDefinition Outer, string Name) Find(MetadataReader reader, TypeDefinition type)
    {
        var name = reader.GetString(type.Name);
        if (type.GetDeclaringType().IsNil)
            return (type, name);
        var (outer, outerName) = Find(reader, reader.GetTypeDefinition(type.GetDeclaringType()));
        return (outer, $"{outerName}/{name}");
    }

    private static bool HasIsSupported(MetadataReader reader, TypeDefinition type) =>
        type.GetMethods().Any(method => reader.GetString(reader.GetMethodDefinition(method).Name) == "get_IsSupported");
}
