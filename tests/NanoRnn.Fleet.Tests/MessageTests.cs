using NanoRnn.Fleet.Protocol;

namespace NanoRnn.Fleet.Tests;

public sealed class MessageTests
{
    private static readonly MessageContext Context = new(0x0123456789ABCDEF, 0xFEDCBA9876543210, 7);

    private static readonly float[] Numbers = [1.5f, -0f, float.Epsilon, float.MaxValue, float.NaN, float.NegativeInfinity];

    [Fact]
    public void UpdateComesBackToTheBit()
    {
        var bytes = Update();
        Assert.Null(Message.TryRead(bytes, out var message));
        Assert.Equal((MessageKind.Update, Context, 12u, 0.25f, Numbers.Length), (message.Kind, message.Context, message.Samples, message.Loss, message.Count));
        var numbers = new float[Numbers.Length];
        Assert.False(message.CopyNumbers(numbers));
        Assert.Equal(Numbers.Select(BitConverter.SingleToUInt32Bits), numbers.Select(BitConverter.SingleToUInt32Bits));
    }

    /// <summary>The bytes that other programs would have to write.</summary>
    [Fact]
    public void FormatIsWhatItWas()
    {
        var bytes = new byte[Message.ReceiptMessageLength];
        Assert.Equal(bytes.Length, Message.WriteReceipt(bytes, Context, Refusal.NotFinite));
        Assert.Equal("4E524E4601000300EFCDAB89674523011032547698BADCFE0700000009000000", Convert.ToHexString(bytes.AsSpan(0, 32)));
        Assert.Equal(0xE3069283u, Message.Checksum("123456789"u8));
        Assert.Equal(Message.Checksum(bytes.AsSpan(0, 32)), BitConverter.ToUInt32(bytes, 32));
    }

    [Fact]
    public void DamagedMessagesAreRefused()
    {
        var bytes = Update();
        for (var length = 0; length < bytes.Length; length++)
            Assert.NotNull(Message.TryRead(bytes.AsSpan(0, length), out _));
        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            var damaged = (byte[])bytes.Clone();
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Equal(bit / 8 is 4 or 5 ? Refusal.UnknownVersion : Refusal.Malformed, Message.TryRead(damaged, out _));
        }

        Assert.Equal(Refusal.Malformed, Message.TryRead([.. bytes, 0], out _));
    }

    /// <summary>With a checksum that is right, since whoever sends them can compute it too.</summary>
    [Fact]
    public void NoMessageBreaksTheReader()
    {
        var random = new Random(5);
        var read = 0;
        for (var turn = 0; turn < 100_000; turn++)
        {
            var bytes = Update();
            for (var change = random.Next(4); change >= 0; change--)
                bytes[random.Next(6, bytes.Length)] = (byte)random.Next(256);
            var length = random.Next(4) > 0 ? bytes.Length : random.Next(Message.ShortLength, bytes.Length);
            BitConverter.TryWriteBytes(bytes.AsSpan(length - 4), Message.Checksum(bytes.AsSpan(0, length - 4)));
            if (Message.TryRead(bytes.AsSpan(0, length), out var message) is not null)
                continue;
            read++;
            if (message.Kind is MessageKind.Update or MessageKind.Task or MessageKind.End)
                message.CopyNumbers(new float[message.Count]);
        }

        Assert.InRange(read, 1000, 99_000);
    }

    private static byte[] Update()
    {
        var bytes = new byte[Message.UpdateLength(Numbers.Length)];
        Assert.Equal(bytes.Length, Message.WriteUpdate(bytes, Context, 12, 0.25f, Numbers));
        return bytes;
    }
}
