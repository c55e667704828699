namespace NanoRnn.Fleet;

/// <summary>How a hub's messages get to devices.</summary>
/// <remarks>
/// Called while the hub holds its lock, so an implementation must neither wait nor call the hub; a message that is lost is sent again when
/// the device says hello. The bytes stay as they are for as long as anyone holds them.
/// </remarks>
public interface IHubTransport
{
    /// <summary>Sends a message to a device.</summary>
    /// <param name="device">The device's name.</param>
    /// <param name="message">The message.</param>
    void Send(string device, ReadOnlyMemory<byte> message);

    /// <summary>Sends a message to all devices, and to those that come before the next such message.</summary>
    /// <param name="message">The message.</param>
    void Broadcast(ReadOnlyMemory<byte> message);
}
