"""Writes the golden cases' models as C#: their declarations, and registries of them for the tests."""

HEAD = """// Written by tests/golden/generate.py; change the cases there.
namespace NanoRnn.Tests.Golden;

"""
REGISTRY = HEAD + """/// <summary>%s</summary>
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


def write(cases, models, tests):
    """One line per model, and one per entry of a registry: of streams, and of what takes whole sequences."""
    own = [case for case in cases if case.model == case.name]
    streams = [case for case in own if case.is_stream]
    sequences = [case for case in own if not case.is_stream]
    _write(models / "StreamModels.cs", HEAD + _declarations(streams))
    _write(models / "SequenceModels.cs", HEAD + _declarations(sequences))

    # What takes whole sequences may be a stream as well, which is declared with the others.
    shared = {case.model for case in cases if case.lengths} & {case.name for case in streams}
    entries = [_sequence_entry(case) for case in own if case.name in shared or not case.is_stream]
    _write_registry(tests, "GoldenModels", "The models of the golden cases that can take one step after the other.",
                    "ModelRegistry", [STREAM.format(case.name) for case in streams])
    _write_registry(tests, "GoldenSequenceModels", "The models of the golden cases that take whole sequences, of any lengths.",
                    "SequenceRegistry", entries)


def _sequence_entry(case):
    if case.decoder:
        return DECODER.format(case.name)
    return SEQUENCE.format(case.name, "TokenCalls" if case.vocabulary else "FloatCalls")


def _declarations(cases):
    return "".join(f"{case.class_attributes} internal sealed partial class {case.name};\n" for case in cases)


def _write_registry(folder, name, summary, registry, entries):
    _write(folder / f"{name}.cs", REGISTRY % (summary, name, registry, "\n".join(entries)))


def _write(path, text):
    path.write_text(text, encoding="utf-8", newline="\n")
