using System.Xml.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace NanoRnn.Arm64.Compilation;

/// <summary>
/// Makes the core library for ARM64 from that for x64. The compiler's package has only the latter, which says of every instruction of an ARM64
/// processor that it is not there. The ARM64 code generator knows better, and where the two disagree the code is an endless loop.
/// </summary>
/// <remarks>Its output is good for tests and for reading code: everything else that differs between the two libraries stays that of x64.</remarks>
public static class Arm64ClassLibrary
{
    private const string ArmNamespace = "System.Runtime.Intrinsics.Arm";
    private const string X86Namespace = "System.Runtime.Intrinsics.X86";
    private const string Substitutions = "ILLink.Substitutions.xml";
    private const string Question = "get_IsSupported";

    /// <summary>Writes the core library for ARM64.</summary>
    /// <param name="x64CoreLibrary">System.Private.CoreLib.dll for x64.</param>
    /// <param name="path">The file to write.</param>
    public static void Write(string x64CoreLibrary, string path)
    {
        using var module = ModuleDefinition.ReadModule(x64CoreLibrary);
        var attribute = module.GetType("System.Runtime.CompilerServices.IntrinsicAttribute").Methods.Single(method => method.IsConstructor && !method.HasParameters);
        var types = module.GetTypes().Where(type => !type.IsEnum).ToArray();
        foreach (var type in types.Where(type => NamespaceOf(type) == ArmNamespace))
            MakeIntrinsic(type, attribute);
        var x86Types = types.Where(type => NamespaceOf(type) == X86Namespace).ToArray();
        foreach (var type in x86Types)
            MakePlain(type);
        ReplaceSubstitutions(module, x86Types);
        module.Write(path);
    }

    /// <summary>Each method calls itself, which the code generator replaces by an instruction. This is what the library for ARM64 has.</summary>
    private static void MakeIntrinsic(TypeDefinition type, MethodDefinition attribute)
    {
        Mark(type, attribute);
        foreach (var method in StaticMethods(type))
        {
            Mark(method, attribute);
            method.Body = new MethodBody(method);
            var code = method.Body.GetILProcessor();
            foreach (var parameter in method.Parameters)
                code.Emit(OpCodes.Ldarg, parameter);
            code.Emit(OpCodes.Call, ReferenceTo(method));
            code.Emit(OpCodes.Ret);
        }
    }

    /// <summary>Nothing is an instruction, nothing is supported.</summary>
    private static void MakePlain(TypeDefinition type)
    {
        Unmark(type);
        foreach (var method in StaticMethods(type))
        {
            Unmark(method);
            if (method.Name != Question)
                continue;
            method.Body = new MethodBody(method);
            var code = method.Body.GetILProcessor();
            code.Emit(OpCodes.Ldc_I4_0);
            code.Emit(OpCodes.Ret);
        }
    }

    /// <summary>The library tells trimming which instructions are never supported: those of x86 in the place of those of ARM.</summary>
    private static void ReplaceSubstitutions(ModuleDefinition module, IEnumerable<TypeDefinition> x86Types)
    {
        var resource = module.Resources.OfType<EmbeddedResource>().Single(resource => resource.Name == Substitutions);
        var document = XDocument.Load(resource.GetResourceStream());
        document.Descendants("type")
            .Where(type => type.Attribute("fullname")?.Value.StartsWith(ArmNamespace, StringComparison.Ordinal) == true)
            .Remove();
        document.Descendants("assembly").First().Add(x86Types
            .Where(type => type.Methods.Any(method => method.Name == Question))
            .Select(type => new XElement(
                "type",
                new XAttribute("fullname", type.FullName),
                new XElement(
                    "method",
                    new XAttribute("signature", $"System.Boolean {Question}()"), new XAttribute("body", "stub"), new XAttribute("value", "false")))));

        var text = new MemoryStream();
        document.Save(text);
        module.Resources.Remove(resource);
        module.Resources.Add(new EmbeddedResource(resource.Name, resource.Attributes, text.ToArray()));
    }

    private static string NamespaceOf(TypeDefinition type) => type.DeclaringType is { } outer ? NamespaceOf(outer) : type.Namespace;

    private static IEnumerable<MethodDefinition> StaticMethods(TypeDefinition type) =>
        type.Methods.Where(method => method.IsStatic && method.HasBody && !method.IsConstructor && !method.Name.StartsWith('<'));

    private static bool IsMark(CustomAttribute attribute) => attribute.AttributeType.Name == "IntrinsicAttribute";

    private static void Mark(ICustomAttributeProvider member, MethodDefinition attribute)
    {
        if (!member.CustomAttributes.Any(IsMark))
            member.CustomAttributes.Add(new CustomAttribute(attribute));
    }

    private static void Unmark(ICustomAttributeProvider member)
    {
        foreach (var attribute in member.CustomAttributes.Where(IsMark).ToArray())
            member.CustomAttributes.Remove(attribute);
    }

    private static MethodReference ReferenceTo(MethodDefinition method)
    {
        if (!method.HasGenericParameters)
            return method;
        var reference = new GenericInstanceMethod(method);
        foreach (var parameter in method.GenericParameters)
            reference.GenericArguments.Add(parameter);
        return reference;
    }
}
