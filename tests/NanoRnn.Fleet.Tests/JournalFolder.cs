namespace NanoRnn.Fleet.Tests;

/// <summary>A hub's folder, opened anew by each hub as by each process.</summary>
internal sealed class JournalFolder(DirectoryInfo parent, string name) : IDisposable
{
    private HubJournal? _journal;

    public string Path { get; } = parent.CreateSubdirectory(name).FullName;

    public HubJournal Open()
    {
        Close();
        return _journal = new HubJournal(Path);
    }

    public void Close() => _journal?.Dispose();

    public void Dispose() => Close();
}
