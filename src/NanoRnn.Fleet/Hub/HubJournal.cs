using System.Buffers.Binary;
using System.Text;
using Microsoft.Win32.SafeHandles;
using NanoRnn.Fleet.Protocol;
using NanoRnn.Storage;

namespace NanoRnn.Fleet;

/// <summary>
/// What a hub needs to go on after it was killed, in a folder: the state between two rounds (<c>hub.state</c>, replaced as a whole), and
/// who was asked and what was taken since (<c>round.log</c>, appended to). A record is on the disk before its device is told.
/// </summary>
public sealed class HubJournal : IDisposable
{
    private const int RecordHead = 8;

    private readonly string _state;
    private readonly SafeFileHandle _log;
    private byte[] _record = [];
    private long _end;

    /// <summary>Opens the journal of a hub, or begins one. No other hub may use it at the same time.</summary>
    /// <param name="folder">The folder, which is made if there is none.</param>
    /// <exception cref="IOException">The folder or a file in it cannot be made, or another hub uses it.</exception>
    public HubJournal(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        Directory.CreateDirectory(folder);
        _state = Path.Combine(folder, "hub.state");
        _log = File.OpenHandle(Path.Combine(folder, "round.log"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
    }

    /// <inheritdoc/>
    public void Dispose() => _log.Dispose();

    /// <summary>Reads the state.</summary>
    /// <returns>Null if there is none.</returns>
    internal MessageContext? Load(ulong model, FleetCounters counters, Span<float> weights) =>
        File.Exists(_state) ? HubSnapshot.Read(File.ReadAllBytes(_state), _state, model, counters, weights) : null;

    internal void Save(MessageContext context, FleetCounters counters, ReadOnlySpan<float> weights) =>
        AtomicFile.Write(_state, HubSnapshot.Write(context, counters, weights));

    /// <summary>Begins the log of a round.</summary>
    internal void BeginRound(uint round, ReadOnlySpan<Member> asked)
    {
        var text = new StringBuilder();
        foreach (var member in asked)
            text.Append(text.Length > 0 ? "\n" : "").Append(member.Name);
        RandomAccess.SetLength(_log, 0);
        _end = 0;
        Append($"{round}", Encoding.ASCII.GetBytes(text.ToString()));
    }

    /// <summary>Keeps a message that was taken.</summary>
    internal void Append(string name, ReadOnlySpan<byte> message)
    {
        var length = RecordHead + 1 + name.Length + message.Length;
        if (_record.Length < length)
            _record = new byte[length];
        var content = _record.AsSpan(RecordHead, length - RecordHead);
        content[0] = (byte)name.Length;
        Encoding.ASCII.GetBytes(name, content[1..]);
        message.CopyTo(content[(1 + name.Length)..]);
        BinaryPrimitives.WriteInt32LittleEndian(_record, content.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(_record.AsSpan(4), Message.Checksum(content));
        RandomAccess.Write(_log, _record.AsSpan(0, length), _end);
        RandomAccess.FlushToDisk(_log);
        _end += length;
    }

    /// <summary>Goes through the log of a round, up to a record that was not written whole, which is where writing goes on.</summary>
    /// <param name="round">The round that the state is before.</param>
    /// <param name="begin">Gets the names of those that were asked. Not called if the log is of another round.</param>
    /// <param name="take">Gets each message, with the name of its device.</param>
    internal void Replay(uint round, Action<string[]> begin, Action<string, byte[]> take)
    {
        var bytes = new byte[RandomAccess.GetLength(_log)];
        bytes = bytes[..RandomAccess.Read(_log, bytes, 0)];
        for (_end = 0; bytes.Length - _end >= RecordHead;)
        {
            var head = bytes.AsSpan((int)_end);
            var length = BinaryPrimitives.ReadInt32LittleEndian(head);
            if (length < 1 || length > head.Length - RecordHead)
                break;
            var content = head.Slice(RecordHead, length);
            if (BinaryPrimitives.ReadUInt32LittleEndian(head[4..]) != Message.Checksum(content))
                break;
            var name = Encoding.ASCII.GetString(content.Slice(1, content[0]));
            var message = content[(1 + content[0])..].ToArray();
            if (_end > 0)
                take(name, message);
            else if (name == $"{round}")
                begin(Encoding.ASCII.GetString(message).Split('\n'));
            else
                return;
            _end += RecordHead + length;
        }

        RandomAccess.SetLength(_log, _end);
    }
}
