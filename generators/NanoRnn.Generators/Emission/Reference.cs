namespace NanoRnn.Generators.Emission;

/// <summary>Texts of places in memory, relative to a reference.</summary>
internal static class Reference
{
    public static string At(string reference, long offset) => offset == 0 ? reference : $"RefAt(ref {reference}, {offset})";

    public static string AtRow(string reference, string row, int stride, int offset) =>
        $"RefAtRow(ref {reference}, {row}, {stride}, {offset})";
}
