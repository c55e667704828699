"""Writes the golden cases' models as C# declarations, in tests/NanoRnn.Tests/Golden."""

TEMPLATE = """// Written by tests/golden/generate.py; change the cases there.
namespace NanoRnn.Tests.Golden;

%s

/// <summary>%s</summary>
internal static class %s
{
    public static %s All { get; } = new()
    {
%s
    };
}
"""
STREAM = ("        {{ () => new {0}(), m => m.Weights, m => m.Predict, "
          "m => {{ var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); }} }},")
SEQUENCE = "        {{ () => new {0}(), m => m.Weights, m => new {1}(m.Predict, m.PredictBatch, m.PredictBatch) }},"
DECODER = "        {{ () => new {0}(), m => m.Weights }},"


def write(cases, folder):
    """One line per model, and one per entry of a registry: of streams, and of what takes whole sequences."""
    own = [case for case in cases if case.model == case.name]
    streams = [case for case in own if case.is_stream]
    sequences = [case for case in own if not case.is_stream]

    # What takes whole sequences may be a stream as well, which is declared with the others.
    shared = {case.model for case in cases if case.lengths} & {case.name for case in streams}
    entries = [_sequence_entry(case) for case in own if case.name in shared or not case.is_stream]
    _write(folder, "GoldenModels", "The models of the golden cases that can take one step after the other.",
           "ModelRegistry", streams, [STREAM.format(case.name) for case in streams])
    _write(folder, "GoldenSequenceModels", "The models of the golden cases that take whole sequences, of any lengths.",
           "SequenceRegistry", sequences, entries)


def _sequence_entry(case):
    if case.decoder:
        return DECODER.format(case.name)
    return SEQUENCE.format(case.name, "TokenCalls" if case.vocabulary else "FloatCalls")


def _write(folder, name, summary, registry, declared, entries):
    models = [f"{case.class_attributes} internal sealed partial class {case.name};" for case in declared]
    text = TEMPLATE % ("\n".join(models), summary, name, registry, "\n".join(entries))
    (folder / f"{name}.cs").write_text(text, encoding="utf-8", newline="\n")
