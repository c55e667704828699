using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MQTTnet.Protocol;
using MQTTnet.Server;

namespace NanoRnn.Fleet;

/// <summary>A broker in the hub's process, with the rules of a fleet: a device writes and reads its own topics alone.</summary>
public sealed class EmbeddedBroker : IAsyncDisposable
{
    private readonly MqttServer _server;

    private EmbeddedBroker(MqttServer server) => _server = server;

    /// <summary>Starts a broker.</summary>
    /// <param name="options">The fleet, the port, and whether it speaks TLS; the hub's name is its user.</param>
    /// <param name="passwords">Of each user; null to let everybody in who says a name, on this machine alone.</param>
    /// <param name="certificate">With its private key, for TLS.</param>
    /// <exception cref="ArgumentException">TLS is asked for without a certificate.</exception>
    public static async Task<EmbeddedBroker> StartAsync(
        MqttFleetOptions options, IReadOnlyDictionary<string, string>? passwords = null, X509Certificate2? certificate = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.UseTls && certificate is null)
            throw new ArgumentException("TLS needs a certificate.", nameof(certificate));
        var builder = new MqttServerOptionsBuilder();
        var address = passwords is null ? IPAddress.Loopback : IPAddress.Any;
        if (options.UseTls)
        {
            builder.WithEncryptedEndpoint().WithEncryptedEndpointPort(options.PortOrDefault).WithEncryptedEndpointBoundIPAddress(address)
                .WithEncryptedEndpointBoundIPV6Address(IPAddress.None).WithEncryptionCertificate(certificate!).WithTlsEndpointReuseAddress();
        }
        else
        {
            builder.WithDefaultEndpoint().WithDefaultEndpointPort(options.PortOrDefault).WithDefaultEndpointBoundIPAddress(address)
                .WithDefaultEndpointBoundIPV6Address(IPAddress.None).WithDefaultEndpointReuseAddress();
        }

        var server = new MqttServerFactory().CreateMqttServer(builder.Build());
        var hub = options.User ?? "hub";
        server.ValidatingConnectionAsync += connection =>
        {
            var isWelcome = connection.ClientId == $"{options.Fleet}-{connection.UserName}"
                && (passwords is null || (passwords.TryGetValue(connection.UserName, out var password) && IsEqual(password, connection.Password)));
            connection.ReasonCode = isWelcome ? MqttConnectReasonCode.Success : MqttConnectReasonCode.BadUserNameOrPassword;
            return Task.CompletedTask;
        };
        server.InterceptingPublishAsync += publication =>
        {
            var topic = publication.ApplicationMessage.Topic;
            publication.ProcessPublish = publication.UserName == hub
                ? topic == options.All || topic.StartsWith(options.To(""), StringComparison.Ordinal)
                : topic == options.From(publication.UserName);
            if (!publication.ProcessPublish)
                publication.Response.ReasonCode = MqttPubAckReasonCode.NotAuthorized;
            return Task.CompletedTask;
        };
        server.InterceptingSubscriptionAsync += subscription =>
        {
            var topic = subscription.TopicFilter.Topic;
            subscription.ProcessSubscription = subscription.UserName == hub ? topic == options.FromAny : topic == options.All || topic == options.To(subscription.UserName);
            if (!subscription.ProcessSubscription)
                subscription.Response.ReasonCode = MqttSubscribeReasonCode.NotAuthorized;
            return Task.CompletedTask;
        };
        await server.StartAsync().ConfigureAwait(false);
        return new(server);
    }

    /// <summary>Ends the broker and all connections.</summary>
    public async ValueTask DisposeAsync()
    {
        await _server.StopAsync(new MqttServerStopOptions()).ConfigureAwait(false);
        _server.Dispose();
    }

    private static bool IsEqual(string expected, string? found) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(found ?? ""));
}
