namespace NanoRnn.Storage;

/// <summary>Where symbolic links lead.</summary>
internal static class SymbolicLink
{
    /// <summary>As many as Linux follows.</summary>
    private const int MaxLinks = 40;

    /// <summary>The path without links, which need not exist.</summary>
    /// <param name="path">A full path.</param>
    /// <exception cref="IOException">The links go round in circles.</exception>
    public static string Resolve(string path)
    {
        if (OperatingSystem.IsWindows())
            return File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;

        // Part by part, since a link's .. is that of the folder it lies in, not of the link that led there.
        var resolved = "/";
        var parts = new Stack<string>();
        Push(path);
        for (var links = 0; parts.TryPop(out var part);)
        {
            if (part == "..")
            {
                resolved = Path.GetDirectoryName(resolved) ?? resolved;
                continue;
            }

            var next = Path.Join(resolved, part);
            if (new FileInfo(next).LinkTarget is not { } target)
            {
                resolved = next;
                continue;
            }

            if (++links > MaxLinks)
                throw new IOException($"{path}: more than {MaxLinks} symbolic links.");
            if (Path.IsPathRooted(target))
                resolved = "/";
            Push(target);
        }

        return resolved;

        void Push(string text)
        {
            var added = text.Split('/', StringSplitOptions.RemoveEmptyEntries);
            for (var i = added.Length - 1; i >= 0; i--)
                if (added[i] != ".")
                    parts.Push(added[i]);
        }
    }
}
