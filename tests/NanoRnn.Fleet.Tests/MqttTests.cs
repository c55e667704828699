using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using NanoRnn.Fleet.Protocol;

namespace NanoRnn.Fleet.Tests;

public sealed class MqttTests : IDisposable
{
    private static readonly FleetHubOptions Options = new() { Rounds = 3, SampleSize = 3, MinUpdates = 3, MinDevices = 3 };

    private readonly CancellationTokenSource _timeout = new(TimeSpan.FromMinutes(2));
    private readonly MqttFleetOptions _options = new() { Fleet = "air", Port = FreePort.Next(), ReconnectDelay = TimeSpan.FromMilliseconds(50) };

    public void Dispose() => _timeout.Dispose();

    [Fact]
    public async Task EmbeddedBrokerGivesTheBitsOfMessagesInMemory()
    {
        await using var broker = await EmbeddedBroker.StartAsync(_options);
        Assert.Equal(Expected(), await RunAsync(user => _options with { User = user }));
    }

    [Fact]
    public async Task EmbeddedBrokerWithPasswordsAndTls()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        using var whole = X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, certificate.ExportCertificatePem());
        string[] users = ["hub", "device-0", "device-1", "device-2"];
        var options = _options with { UseTls = true };
        await using var broker = await EmbeddedBroker.StartAsync(options, users.ToDictionary(user => user, Mosquitto.PasswordOf), whole);
        Assert.Equal(Expected(), await RunAsync(user => options with { User = user, Password = Mosquitto.PasswordOf(user), TrustedCertificates = file }));
        await ThrowsUnauthorizedAsync(options with { User = "device-1", Password = "a guess", TrustedCertificates = file });
        await ThrowsUnauthorizedAsync(options with { User = "device-9", Password = "a guess", TrustedCertificates = file });

        // A certificate that is not trusted is no connection.
        using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        using var device = NewDevice(0, options with { User = "device-0", Password = Mosquitto.PasswordOf("device-0") });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => device.RunAsync(soon.Token));
        File.Delete(file);
    }

    [Fact]
    public async Task EmbeddedBrokerHoldsDevicesToTheirTopics()
    {
        await using var broker = await EmbeddedBroker.StartAsync(_options);
        await DevicesAreHeldToTheirTopicsAsync(user => _options with { User = user });
    }

    [MosquittoFact]
    public async Task MosquittoWithTheSamplesConfiguration()
    {
        using var broker = new Mosquitto(_options.Port, "hub", "device-0", "device-1", "device-2");
        var options = _options with { UseTls = true, TrustedCertificates = broker.Authority };
        MqttFleetOptions As(string user) => options with { User = user, Password = Mosquitto.PasswordOf(user) };
        var weights = await RunAsync(As);
        Assert.True(Expected().SequenceEqual(weights), broker.Log);
        await DevicesAreHeldToTheirTopicsAsync(As);
        await ThrowsUnauthorizedAsync(As("device-1") with { Password = "a guess" });
        await ThrowsUnauthorizedAsync(As("device-1") with { Password = null });
    }

    private static float[] Expected()
    {
        var fleet = new TestFleet(Options);
        fleet.AddDevices(3);
        fleet.Hub.Start(fleet);
        fleet.SayHello(fleet.Devices.Keys);
        fleet.Deliver();
        return fleet.Weights();
    }

    private async Task<float[]> RunAsync(Func<string, MqttFleetOptions> options)
    {
        var vector = WeightVector.Of(new SmallModel(seed: 3));
        using var hub = new FleetHub(vector, Options);
        MqttDevice[] devices = [.. Enumerable.Range(0, 3).Select(i => NewDevice(i, options($"device-{i}")))];
        Task[] running = [.. devices.Select(device => device.RunAsync(_timeout.Token))];
        await using (await MqttHub.StartAsync(hub, options("hub"), _timeout.Token))
        {
            await hub.Completion.WaitAsync(_timeout.Token);
            await Task.WhenAll(running);
        }

        foreach (var device in devices)
            device.Dispose();
        var weights = new float[vector.Length];
        vector.CopyTo(weights);
        return weights;
    }

    /// <summary>What one device writes as another, or reads of another, does not arrive.</summary>
    private async Task DevicesAreHeldToTheirTopicsAsync(Func<string, MqttFleetOptions> options)
    {
        var seen = new List<string>();
        using var hub = new MqttConnection(options("hub"), ["air/from/+"], "hub", 1000, null, (topic, _) =>
        {
            lock (seen)
                seen.Add(topic);
        });
        await hub.ConnectAsync(_timeout.Token);
        var stolen = 0;
        using var device = new MqttConnection(options("device-1"), ["air/to/device-1", "air/all"], "device-1", 1000, null, (topic, _) => stolen += topic == "air/to/device-0" ? 1 : 0);
        await device.ConnectAsync(_timeout.Token);
        var bytes = new byte[Message.ShortLength];
        foreach (var topic in (string[])["air/from/device-0", "air/to/device-0", "air/all", "other", "air/from/device-1"])
            await device.TrySendAsync(topic, bytes, isRetained: false, _timeout.Token);
        while (seen.Count == 0)
            await Task.Delay(10, _timeout.Token);
        Assert.Equal(["air/from/device-1"], seen);
        foreach (var topic in (string[])["air/to/device-0", "air/to/#", "#", "air/from/+"])
            await ThrowsOrGetsNothingAsync(topic);
        Assert.Equal(0, stolen);

        async Task ThrowsOrGetsNothingAsync(string topic)
        {
            var got = 0;
            using var thief = new MqttConnection(options("device-2"), [topic], "device-2", 1000, null, (received, _) => got += received == "air/all" ? 0 : 1);
            try
            {
                await thief.ConnectAsync(_timeout.Token);
                await hub.TrySendAsync("air/to/device-0", bytes, isRetained: false, _timeout.Token);
                await device.TrySendAsync("air/from/device-1", bytes, isRetained: false, _timeout.Token);
                await Task.Delay(100, _timeout.Token);
                Assert.Equal(0, got);
            }
            catch (UnauthorizedAccessException)
            {
                // Refused at once.
            }
        }
    }

    private async Task ThrowsUnauthorizedAsync(MqttFleetOptions options)
    {
        using var device = NewDevice(1, options);
        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => device.RunAsync(_timeout.Token));
    }

    private static MqttDevice NewDevice(int index, MqttFleetOptions options)
    {
        var model = new SmallModel(seed: 100 + index);
        return new(new FleetDevice(WeightVector.Of(model), new FixedTraining(model, index, samples: 10 + index)), options);
    }
}
