using System.Buffers;
using System.Security.Cryptography.X509Certificates;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace NanoRnn.Fleet;

/// <summary>A client that stays connected. Everything goes with QoS 1: at least once.</summary>
internal sealed class MqttConnection : IDisposable
{
    // A packet is a message, a topic and some numbers.
    private const int PacketOverhead = 1024;

    private readonly MqttFleetOptions _options;
    private readonly MqttClientOptions _clientOptions;
    private readonly string[] _topics;

    /// <param name="options">The broker.</param>
    /// <param name="topics">What to read.</param>
    /// <param name="user">Who is asking.</param>
    /// <param name="maxMessageBytes">The largest message to take.</param>
    /// <param name="will">What the broker says when this is gone: a topic and a message.</param>
    /// <param name="receive">Gets messages, one at a time.</param>
    public MqttConnection(
        MqttFleetOptions options, string[] topics, string user, int maxMessageBytes, (string Topic, ReadOnlyMemory<byte> Message)? will, Action<string, ReadOnlySequence<byte>> receive)
    {
        (_options, _topics) = (options, topics);
        var builder = new MqttClientOptionsBuilder()
            .WithProtocolVersion(MqttProtocolVersion.V500)
            .WithTcpServer(options.Host, options.PortOrDefault)
            .WithClientId($"{options.Fleet}-{user}")
            .WithMaximumPacketSize((uint)(maxMessageBytes + PacketOverhead))
            .WithCleanStart();
        if (options.Password is not null)
            builder.WithCredentials(user, options.Password);
        else
            builder.WithCredentials(user, (byte[]?)null);
        if (options.UseTls)
            builder.WithTlsOptions(ConfigureTls);
        if (will is { } last)
            builder.WithWillTopic(last.Topic).WithWillPayload(last.Message.ToArray()).WithWillQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce);
        _clientOptions = builder.Build();
        Client = new MqttClientFactory().CreateMqttClient();
        Client.ApplicationMessageReceivedAsync += message =>
        {
            if (message.ApplicationMessage.Payload.Length <= maxMessageBytes)
                receive(message.ApplicationMessage.Topic, message.ApplicationMessage.Payload);
            return Task.CompletedTask;
        };
    }

    public IMqttClient Client { get; }

    public void Dispose() => Client.Dispose();

    /// <summary>Connects, as often as it takes, and reads its topics.</summary>
    /// <exception cref="UnauthorizedAccessException">The broker refuses the user, the password or a topic.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public async Task ConnectAsync(CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                var result = await Client.ConnectAsync(_clientOptions, cancellation).ConfigureAwait(false);
                if (result.ResultCode is MqttClientConnectResultCode.NotAuthorized or MqttClientConnectResultCode.BadUserNameOrPassword or MqttClientConnectResultCode.Banned)
                    throw new UnauthorizedAccessException($"{_options.Host}:{_options.PortOrDefault}: the broker refuses user '{_clientOptions.Credentials?.GetUserName(_clientOptions)}' ({result.ResultCode}).");
                if (result.ResultCode == MqttClientConnectResultCode.Success)
                {
                    await SubscribeAsync(cancellation).ConfigureAwait(false);
                    return;
                }
            }
            catch (Exception exception) when (exception is MQTTnet.Exceptions.MqttCommunicationException or InvalidOperationException && !cancellation.IsCancellationRequested)
            {
                // The broker is not there yet, or not any more.
            }

            await Task.Delay(_options.ReconnectDelay, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Sends a message.</summary>
    /// <returns>Whether the broker has it; what it has not is sent again when its receiver asks.</returns>
    public async Task<bool> TrySendAsync(string topic, ReadOnlyMemory<byte> message, bool isRetained, CancellationToken cancellation)
    {
        try
        {
            var result = await Client.PublishSequenceAsync(topic, new(message), MqttQualityOfServiceLevel.AtLeastOnce, isRetained, cancellation).ConfigureAwait(false);
            return result.IsSuccess;
        }
        catch (Exception exception) when (exception is MQTTnet.Exceptions.MqttCommunicationException or MQTTnet.Exceptions.MqttClientNotConnectedException or InvalidOperationException or OperationCanceledException && !cancellation.IsCancellationRequested)
        {
            return false;
        }
    }

    private async Task SubscribeAsync(CancellationToken cancellation)
    {
        foreach (var topic in _topics)
        {
            var result = await Client.SubscribeAsync(topic, MqttQualityOfServiceLevel.AtLeastOnce, cancellation).ConfigureAwait(false);
            foreach (var item in result.Items)
            {
                if (item.ResultCode > MqttClientSubscribeResultCode.GrantedQoS2)
                    throw new UnauthorizedAccessException($"{_options.Host}:{_options.PortOrDefault}: the broker refuses topic '{topic}' ({item.ResultCode}).");
            }
        }
    }

    private void ConfigureTls(MqttClientTlsOptionsBuilder tls)
    {
        tls.UseTls().WithTargetHost(_options.Host);
        if (_options.TrustedCertificates is null)
            return;
        var trusted = new X509Certificate2Collection();
        trusted.ImportFromPemFile(_options.TrustedCertificates);

        // An authority of one's own says nothing of revocation.
        tls.WithTrustChain(trusted).WithRevocationMode(X509RevocationMode.NoCheck);
    }
}
