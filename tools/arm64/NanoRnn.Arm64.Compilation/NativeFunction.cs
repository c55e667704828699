namespace NanoRnn.Arm64.Compilation;

/// <summary>A function of an object file or program.</summary>
/// <param name="Name">Its symbol.</param>
/// <param name="Address">Where it is.</param>
/// <param name="Lines">Its instructions, and constants that follow them.</param>
public sealed record NativeFunction(string Name, long Address, IReadOnlyList<Instruction> Lines)
{
    /// <summary>The instructions up to the return that no branch goes beyond, without what follows.</summary>
    public IReadOnlyList<Instruction> Code
    {
        get
        {
            var furthest = 0L;
            for (var i = 0; i < Lines.Count; i++)
            {
                furthest = long.Max(furthest, Lines[i].Target ?? 0);
                if (Lines[i].Name == "ret" && furthest <= Lines[i].Address)
                    return [.. Lines.Take(i + 1)];
            }

            return Lines;
        }
    }
}
