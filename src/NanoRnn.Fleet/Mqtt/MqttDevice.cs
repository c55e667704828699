using System.Buffers;

namespace NanoRnn.Fleet;

/// <summary>Connects a device with its hub by way of a broker.</summary>
public sealed class MqttDevice : IDisposable
{
    private readonly FleetDevice _device;
    private readonly MqttFleetOptions _options;
    private readonly MqttConnection _connection;
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _arrived = new(0);
    private readonly string _from;

    /// <summary>Two places: while the device learns from one message, the latest that has come waits.</summary>
    private byte[] _current;
    private byte[] _next;
    private int _nextLength;
    private bool _mustSayHello = true;

    /// <summary>A connection, not yet made.</summary>
    /// <param name="device">The device.</param>
    /// <param name="options">The broker; <see cref="MqttFleetOptions.User"/> is the device's name.</param>
    /// <exception cref="ArgumentException">There is no name.</exception>
    public MqttDevice(FleetDevice device, MqttFleetOptions options)
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(options);
        if (options.User is null || !FleetHubOptions.IsName(options.User))
            throw new ArgumentException($"Expected the device's name as {nameof(options.User)}: 1 to 64 letters, digits, hyphens, points and underscores, found '{options.User}'.", nameof(options));
        (_device, _options, _from) = (device, options, options.From(options.User));
        (_current, _next) = (new byte[device.MaxMessageBytes], new byte[device.MaxMessageBytes]);
        _connection = new MqttConnection(options, [options.To(options.User), options.All], options.User, device.MaxMessageBytes, (_from, device.Leave()), Receive);
        _connection.Client.DisconnectedAsync += _ =>
        {
            lock (_gate)
                _mustSayHello = true;
            _arrived.Release();
            return Task.CompletedTask;
        };
    }

    /// <summary>Takes part until the hub says that there are no more rounds.</summary>
    /// <param name="cancellation">Leaves the fleet.</param>
    /// <exception cref="UnauthorizedAccessException">The broker refuses the user, the password or a topic.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public async Task RunAsync(CancellationToken cancellation = default)
    {
        while (!_device.HasEnded)
        {
            if (TakeMustSayHello())
            {
                if (!_connection.Client.IsConnected)
                    await _connection.ConnectAsync(cancellation).ConfigureAwait(false);
                await SendAsync(_device.Hello(), cancellation).ConfigureAwait(false);
            }

            await _arrived.WaitAsync(cancellation).ConfigureAwait(false);
            var length = TakeNext();
            if (length > 0)
                await SendAsync(_device.Receive(_current.AsSpan(0, length)), cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Ends the connection; the broker tells the hub.</summary>
    public void Dispose()
    {
        _connection.Dispose();
        _arrived.Dispose();
    }

    private async Task SendAsync(ReadOnlyMemory<byte> message, CancellationToken cancellation)
    {
        if (!message.IsEmpty)
            await _connection.TrySendAsync(_from, message, isRetained: false, cancellation).ConfigureAwait(false);
    }

    private int TakeNext()
    {
        lock (_gate)
        {
            (_current, _next) = (_next, _current);
            (var length, _nextLength) = (_nextLength, 0);
            return length;
        }
    }

    private void Receive(string topic, ReadOnlySequence<byte> payload)
    {
        lock (_gate)
        {
            // A task is not lost for a call or a receipt. Whoever says hello is told again what there is to do.
            if (payload.Length >= _nextLength)
            {
                payload.CopyTo(_next);
                _nextLength = (int)payload.Length;
            }
            else
            {
                _mustSayHello = true;
            }
        }

        _arrived.Release();
    }

    private bool TakeMustSayHello()
    {
        lock (_gate)
        {
            var mustSayHello = _mustSayHello;
            _mustSayHello = false;
            return mustSayHello;
        }
    }
}
