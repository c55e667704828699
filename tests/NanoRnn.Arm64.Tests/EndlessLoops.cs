using System.Text.RegularExpressions;

namespace NanoRnn.Arm64.Tests;

/// <summary>
/// Finds code that the compiler took for unreachable. Some functions of the class library have such code rightly, since they ask for types that
/// no program makes; ours and those for vectors have none.
/// </summary>
internal static partial class EndlessLoops
{
    public static IReadOnlyList<string> In(IEnumerable<NativeFunction> functions) =>
        [.. functions.Where(function => Watched().IsMatch(function.Name) && function.Lines.Any(line => line.IsEndlessLoop)).Select(function => function.Name)];

    [GeneratedRegex("NanoRnn|Numerics|Intrinsics|SpanHelpers|TensorPrimitives|Vector(64|128|256|512)")]
    private static partial Regex Watched();
}
