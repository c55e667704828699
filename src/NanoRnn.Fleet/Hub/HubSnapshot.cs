using System.Buffers.Binary;
using NanoRnn.Fleet.Protocol;

namespace NanoRnn.Fleet;

/// <summary>What a hub is between two rounds, as bytes: "NRNH" | version u32 | fleet u64 | model u64 | round u32 | counters i64 × n | weights f32 × n | CRC-32C u32.</summary>
internal static class HubSnapshot
{
    private const uint Magic = 0x484E524E;
    private const uint Version = 1;
    private const int HeaderLength = 28;

    public static byte[] Write(MessageContext context, FleetCounters counters, ReadOnlySpan<float> weights)
    {
        var bytes = new byte[LengthOf(weights.Length)];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, Magic);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(4), Version);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(8), context.Fleet);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(16), context.Model);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(24), context.Round);
        var rest = bytes.AsSpan(HeaderLength);
        foreach (var number in counters.Numbers)
        {
            BinaryPrimitives.WriteInt64LittleEndian(rest, number);
            rest = rest[sizeof(long)..];
        }

        foreach (var weight in weights)
        {
            BinaryPrimitives.WriteSingleLittleEndian(rest, weight);
            rest = rest[sizeof(float)..];
        }

        BinaryPrimitives.WriteUInt32LittleEndian(rest, Message.Checksum(bytes.AsSpan(0, bytes.Length - rest.Length)));
        return bytes;
    }

    /// <summary>Reads what <see cref="Write"/> has written for a model.</summary>
    /// <exception cref="InvalidDataException">It is something else, or of another model.</exception>
    public static MessageContext Read(ReadOnlySpan<byte> bytes, string path, ulong model, FleetCounters counters, Span<float> weights)
    {
        if (bytes.Length < HeaderLength || BinaryPrimitives.ReadUInt32LittleEndian(bytes) != Magic || BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]) != Version)
            throw new InvalidDataException($"{path}: expected a hub's state of version {Version}, found something else.");
        var context = new MessageContext(
            BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]), BinaryPrimitives.ReadUInt64LittleEndian(bytes[16..]), BinaryPrimitives.ReadUInt32LittleEndian(bytes[24..]));
        if (context.Model != model || bytes.Length != LengthOf(weights.Length))
            throw new InvalidDataException($"{path}: the state is of another model (fingerprint {context.Model:x16}, {bytes.Length} bytes; expected {model:x16}, {LengthOf(weights.Length)} bytes).");
        if (BinaryPrimitives.ReadUInt32LittleEndian(bytes[^4..]) != Message.Checksum(bytes[..^4]))
            throw new InvalidDataException($"{path}: the state is damaged (its checksum is wrong).");
        var rest = bytes[HeaderLength..];
        foreach (ref var number in counters.Numbers.AsSpan())
        {
            number = BinaryPrimitives.ReadInt64LittleEndian(rest);
            rest = rest[sizeof(long)..];
        }

        foreach (ref var weight in weights)
        {
            weight = BinaryPrimitives.ReadSingleLittleEndian(rest);
            rest = rest[sizeof(float)..];
        }

        return context;
    }

    private static int LengthOf(int weights) => checked(HeaderLength + (FleetCounters.Refusals + 3) * sizeof(long) + weights * sizeof(float) + 4);
}
