using System.Globalization;
using Microsoft.CodeAnalysis;
using NanoRnn.Generators.Diagnostics;

namespace NanoRnn.Generators.Parsing;

/// <summary>Reads one layer's attribute and checks it by itself.</summary>
internal sealed class LayerParser(AttributeData attribute, LayerKind kind, List<DiagnosticInfo> diagnostics)
{
    public const int MaxSize = 65536;

    private readonly Location _location = LocationOf(attribute);

    /// <param name="names">Names that are taken; the layer's own is added.</param>
    public LayerSpec Parse(HashSet<string> names)
    {
        var units = attribute.ConstructorArguments.FirstOrDefault().Value as int? ?? 0;
        var name = ParseName(names);
        if (units is < 1 or > MaxSize && IsComplete(attribute))
            Report(DiagnosticDescriptors.SizeOutOfRange, $"The number of units of '{name}'", Text(MaxSize), Text(units));
        var useBias = Option("UseBias", true);
        if (!useBias && Option("UnitForgetBias", false))
            Report(DiagnosticDescriptors.OptionDoesNotApply, "UnitForgetBias", name, "there is no bias when UseBias is false");

        var activation = ParseActivation("Activation", name, kind == LayerKind.Dense ? ActivationKind.Linear : ActivationKind.Tanh);
        if (kind == LayerKind.Dense && activation == ActivationKind.Softmax && units == 1)
            Report(DiagnosticDescriptors.SoftmaxOverOneUnit, name);
        return new LayerSpec(
            kind,
            name,
            units,
            useBias,
            activation,
            ParseActivation("RecurrentActivation", name, ActivationKind.Sigmoid),
            Option("ReturnSequences", false),
            Option("UnitForgetBias", true),
            Option("ResetAfter", true));
    }

    /// <summary>Whether the attribute is valid C#; when it is not, the compiler says so and its values mean nothing.</summary>
    public static bool IsComplete(AttributeData attribute) =>
        attribute.AttributeConstructor is not null
        && attribute.ConstructorArguments.All(argument => argument.Kind != TypedConstantKind.Error)
        && attribute.NamedArguments.All(argument => argument.Value.Kind != TypedConstantKind.Error)
        && attribute.ApplicationSyntaxReference?.GetSyntax().ContainsDiagnostics == false;

    public static Location LocationOf(AttributeData attribute) =>
        attribute.ApplicationSyntaxReference is { } reference
            ? Location.Create(reference.SyntaxTree, reference.Span)
            : Location.None;

    /// <summary>Messages are cached, so they must not depend on who compiles.</summary>
    public static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private string ParseName(HashSet<string> names)
    {
        var given = Option<string?>("Name", null);
        if (given is null)
        {
            var stem = kind == LayerKind.SimpleRnn ? "simple_rnn" : kind.ToString().ToLowerInvariant();
            var name = stem;
            for (var i = 1; !names.Add(name); i++)
                name = $"{stem}_{i}";
            return name;
        }

        if (!IsIdentifier(given))
            Report(
                DiagnosticDescriptors.InvalidName, given, "use letters, digits and underscores, and begin with a letter");
        else if (!names.Add(given))
            Report(DiagnosticDescriptors.InvalidName, given, "another layer of this model has it");
        return given;
    }

    private static bool IsIdentifier(string name) =>
        name.Length > 0
        && name.All(c => c is '_' or (>= '0' and <= '9') or (>= 'a' and <= 'z') or (>= 'A' and <= 'Z'))
        && name[0] is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z');

    private ActivationKind ParseActivation(string option, string name, ActivationKind @default)
    {
        var value = Option(option, (int)@default);
        if (!Enum.IsDefined(typeof(ActivationKind), value))
        {
            Report(DiagnosticDescriptors.UnknownActivation, option, Text(value), name);
            return @default;
        }

        if ((ActivationKind)value == ActivationKind.Softmax && kind != LayerKind.Dense)
            Report(DiagnosticDescriptors.SoftmaxNotOnDense, option, name);
        return (ActivationKind)value;
    }

    private T Option<T>(string name, T @default)
    {
        foreach (var argument in attribute.NamedArguments)
            if (argument.Key == name && argument.Value.Value is T value)
                return value;
        return @default;
    }

    private void Report(DiagnosticDescriptor descriptor, params string[] arguments) =>
        diagnostics.Add(DiagnosticInfo.Create(descriptor, _location, arguments));
}
