"""Writes tests/NanoRnn.Tests/Golden/GoldenModels.cs: the golden cases' models as C# declarations."""

TEMPLATE = """// Written by tests/golden/generate.py; change the cases there.
namespace NanoRnn.Tests.Golden;

%s

/// <summary>The models of the golden cases.</summary>
internal static class GoldenModels
{
    public static ModelRegistry All { get; } = new()
    {
%s
    };
}
"""
ENTRY = ("        {{ () => new {0}(), m => m.Weights, m => m.Predict, "
         "m => {{ var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); }} }},")


def write(cases, folder):
    """One line per model, and one per entry of the registry."""
    models = [f"{case.class_attributes} internal sealed partial class {case.name};" for case in cases]
    entries = [ENTRY.format(case.name) for case in cases]
    (folder / "GoldenModels.cs").write_text(TEMPLATE % ("\n".join(models), "\n".join(entries)),
                                            encoding="utf-8", newline="\n")
