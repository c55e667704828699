using System.Buffers.Binary;
using System.Numerics;

namespace NanoRnn.Fleet.Protocol;

/// <summary>
/// A message of the protocol, version 1. All numbers are little-endian:
/// <code>
/// "NRNF" | version u16 | kind u16 | fleet u64 | model u64 | round u32 | body | CRC-32C of all before u32
///
/// body of Task, End:  proximal term f32 | count u32 | weights f32 × count
/// body of Update:     samples u32 | loss f32 | count u32 | difference f32 × count
/// body of Receipt:    0, or the number of the refusal, u32
/// body of the others: none
/// </code>
/// The fleet is a random number that a hub keeps for life, 0 where it is not known yet; the model is its <see cref="WeightVector.Fingerprint"/>.
/// </summary>
internal readonly ref struct Message
{
    /// <summary>Of the format.</summary>
    public const ushort Version = 1;

    /// <summary>Where the body starts.</summary>
    public const int HeaderLength = 28;

    private const uint Magic = 0x464E524E;
    private const int ChecksumLength = 4;
    private const int TaskHead = 8;
    private const int UpdateHead = 12;
    private const int ReceiptLength = 4;

    private readonly ReadOnlySpan<byte> _body;

    private Message(MessageKind kind, MessageContext context, ReadOnlySpan<byte> body)
    {
        Kind = kind;
        Context = context;
        _body = body;
    }

    public MessageKind Kind { get; }

    public MessageContext Context { get; }

    /// <summary>Of a task: the factor of the proximal term.</summary>
    public float ProximalTerm => BinaryPrimitives.ReadSingleLittleEndian(_body);

    /// <summary>Of an update: how many samples it comes from.</summary>
    public uint Samples => BinaryPrimitives.ReadUInt32LittleEndian(_body);

    /// <summary>Of an update: the mean loss of its training.</summary>
    public float Loss => BinaryPrimitives.ReadSingleLittleEndian(_body[4..]);

    /// <summary>Of a receipt.</summary>
    public Refusal? Refusal => BinaryPrimitives.ReadUInt32LittleEndian(_body) is var number and not 0 ? (Refusal)number : null;

    /// <summary>Of a task, an end or an update: how many floats it has.</summary>
    public int Count => Numbers.Length / sizeof(float);

    private ReadOnlySpan<byte> Numbers => _body[(Kind == MessageKind.Update ? UpdateHead : TaskHead)..];

    /// <summary>Bytes of a task or an end.</summary>
    public static int TaskLength(int count) => checked(HeaderLength + TaskHead + count * sizeof(float) + ChecksumLength);

    /// <summary>Bytes of an update.</summary>
    public static int UpdateLength(int count) => checked(HeaderLength + UpdateHead + count * sizeof(float) + ChecksumLength);

    /// <summary>Bytes of a message without a body.</summary>
    public const int ShortLength = HeaderLength + ChecksumLength;

    /// <summary>Bytes of a receipt.</summary>
    public const int ReceiptMessageLength = ShortLength + ReceiptLength;

    /// <summary>Reads a message; what is in it has been checked but for the values of its floats.</summary>
    /// <returns>Null, or why it is none.</returns>
    public static Refusal? TryRead(ReadOnlySpan<byte> bytes, out Message message)
    {
        message = default;
        if (bytes.Length < ShortLength || BinaryPrimitives.ReadUInt32LittleEndian(bytes) != Magic)
            return Fleet.Refusal.Malformed;
        if (BinaryPrimitives.ReadUInt16LittleEndian(bytes[4..]) != Version)
            return Fleet.Refusal.UnknownVersion;
        var content = bytes[..^ChecksumLength];
        if (BinaryPrimitives.ReadUInt32LittleEndian(bytes[^ChecksumLength..]) != Checksum(content))
            return Fleet.Refusal.Malformed;
        var kind = (MessageKind)BinaryPrimitives.ReadUInt16LittleEndian(bytes[6..]);
        var context = new MessageContext(
            BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]), BinaryPrimitives.ReadUInt64LittleEndian(bytes[16..]),
            BinaryPrimitives.ReadUInt32LittleEndian(bytes[24..]));
        var body = content[HeaderLength..];
        var isWhole = kind switch
        {
            MessageKind.Call or MessageKind.Hello or MessageKind.Leave => body.IsEmpty,
            MessageKind.Receipt => body.Length == ReceiptLength,
            MessageKind.Task or MessageKind.End => HasNumbers(body, TaskHead),
            MessageKind.Update => HasNumbers(body, UpdateHead),
            _ => false,
        };
        if (!isWhole)
            return Fleet.Refusal.Malformed;
        message = new(kind, context, body);
        return null;

        // The number of floats stands before them, and is that of those there are.
        static bool HasNumbers(ReadOnlySpan<byte> body, int head) =>
            body.Length >= head && BinaryPrimitives.ReadUInt32LittleEndian(body[(head - 4)..]) * (long)sizeof(float) == body.Length - head;
    }

    /// <summary>Copies the floats of a task, an end or an update.</summary>
    /// <returns>Whether all are finite.</returns>
    public bool CopyNumbers(Span<float> destination)
    {
        var numbers = Numbers;
        var isFinite = true;
        for (var i = 0; i < destination.Length; i++)
        {
            destination[i] = BinaryPrimitives.ReadSingleLittleEndian(numbers[(i * sizeof(float))..]);
            isFinite &= float.IsFinite(destination[i]);
        }

        return isFinite;
    }

    /// <summary>Writes a message without a body.</summary>
    public static int Write(Span<byte> bytes, MessageKind kind, MessageContext context) => Finish(bytes, kind, context, 0);

    /// <summary>Writes a receipt.</summary>
    public static int WriteReceipt(Span<byte> bytes, MessageContext context, Refusal? refusal)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[HeaderLength..], (uint)(refusal ?? 0));
        return Finish(bytes, MessageKind.Receipt, context, ReceiptLength);
    }

    /// <summary>Writes a task or an end.</summary>
    public static int WriteTask(Span<byte> bytes, MessageKind kind, MessageContext context, float proximalTerm, ReadOnlySpan<float> weights)
    {
        BinaryPrimitives.WriteSingleLittleEndian(bytes[HeaderLength..], proximalTerm);
        return Finish(bytes, kind, context, WriteNumbers(bytes, TaskHead, weights));
    }

    /// <summary>Writes an update.</summary>
    public static int WriteUpdate(Span<byte> bytes, MessageContext context, uint samples, float loss, ReadOnlySpan<float> difference)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[HeaderLength..], samples);
        BinaryPrimitives.WriteSingleLittleEndian(bytes[(HeaderLength + 4)..], loss);
        return Finish(bytes, MessageKind.Update, context, WriteNumbers(bytes, UpdateHead, difference));
    }

    /// <summary>CRC-32C.</summary>
    public static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var checksum = uint.MaxValue;
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
            checksum = BitOperations.Crc32C(checksum, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        foreach (var last in bytes)
            checksum = BitOperations.Crc32C(checksum, last);
        return ~checksum;
    }

    private static int WriteNumbers(Span<byte> bytes, int head, ReadOnlySpan<float> numbers)
    {
        bytes = bytes[HeaderLength..];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[(head - 4)..], (uint)numbers.Length);
        for (var i = 0; i < numbers.Length; i++)
            BinaryPrimitives.WriteSingleLittleEndian(bytes[(head + i * sizeof(float))..], numbers[i]);
        return head + numbers.Length * sizeof(float);
    }

    private static int Finish(Span<byte> bytes, MessageKind kind, MessageContext context, int bodyLength)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, Magic);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[4..], Version);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[6..], (ushort)kind);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[8..], context.Fleet);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[16..], context.Model);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[24..], context.Round);
        var length = HeaderLength + bodyLength;
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[length..], Checksum(bytes[..length]));
        return length + ChecksumLength;
    }
}
