using System.Buffers;
using System.Threading.Channels;

namespace NanoRnn.Fleet;

/// <summary>Connects a hub with its devices by way of a broker.</summary>
public sealed class MqttHub : IHubTransport, IAsyncDisposable
{
    private readonly FleetHub _hub;
    private readonly MqttFleetOptions _options;
    private readonly MqttConnection _connection;
    private readonly CancellationTokenSource _stop = new();

    /// <summary>Messages to send. Those of a round share their bytes, and a device is sent one for each that it sends.</summary>
    private readonly Channel<(string Topic, ReadOnlyMemory<byte> Message, bool IsRetained)> _outbox = Channel.CreateUnbounded<(string, ReadOnlyMemory<byte>, bool)>();
    private Task _sending = Task.CompletedTask;

    private MqttHub(FleetHub hub, MqttFleetOptions options)
    {
        (_hub, _options) = (hub, options);
        _connection = new MqttConnection(options, [options.FromAny], options.User ?? "hub", hub.MaxMessageBytes, will: null, Receive);

        // Connects again, since there is something to send, and has every device say hello.
        _connection.Client.DisconnectedAsync += _ =>
        {
            hub.Call();
            return Task.CompletedTask;
        };
    }

    /// <summary>Connects to the broker and starts the hub.</summary>
    /// <param name="hub">The hub, which has not begun. The caller disposes of it, after this.</param>
    /// <param name="options">The broker.</param>
    /// <param name="cancellation">Ends the attempt to connect.</param>
    /// <exception cref="UnauthorizedAccessException">The broker refuses the user, the password or a topic.</exception>
    public static async Task<MqttHub> StartAsync(FleetHub hub, MqttFleetOptions options, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(hub);
        ArgumentNullException.ThrowIfNull(options);
        var connection = new MqttHub(hub, options);
        await connection._connection.ConnectAsync(cancellation).ConfigureAwait(false);
        connection._sending = connection.SendAsync();
        hub.Start(connection);
        return connection;
    }

    /// <inheritdoc/>
    void IHubTransport.Send(string device, ReadOnlyMemory<byte> message) => _outbox.Writer.TryWrite((_options.To(device), message, false));

    /// <inheritdoc/>
    void IHubTransport.Broadcast(ReadOnlyMemory<byte> message) => _outbox.Writer.TryWrite((_options.All, message, true));

    /// <summary>Sends what is to be sent and ends the connection.</summary>
    public async ValueTask DisposeAsync()
    {
        _outbox.Writer.TryComplete();
        if (!_connection.Client.IsConnected)
            await _stop.CancelAsync().ConfigureAwait(false);
        await _sending.ConfigureAwait(false);
        _connection.Dispose();
        _stop.Dispose();
    }

    private async Task SendAsync()
    {
        try
        {
            await foreach (var (topic, message, isRetained) in _outbox.Reader.ReadAllAsync(_stop.Token).ConfigureAwait(false))
            {
                // A broker that was gone knows no topics any more. The call has every device say hello again.
                while (!await _connection.TrySendAsync(topic, message, isRetained, _stop.Token).ConfigureAwait(false) && !_connection.Client.IsConnected)
                    await _connection.ConnectAsync(_stop.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    private void Receive(string topic, ReadOnlySequence<byte> payload)
    {
        var device = _options.DeviceOf(topic);
        if (payload.IsSingleSegment)
        {
            _hub.Receive(device, payload.FirstSpan);
            return;
        }

        var bytes = ArrayPool<byte>.Shared.Rent((int)payload.Length);
        payload.CopyTo(bytes);
        _hub.Receive(device, bytes.AsSpan(0, (int)payload.Length));
        ArrayPool<byte>.Shared.Return(bytes);
    }
}
