using NanoRnn.Fleet.Protocol;

namespace NanoRnn.Fleet.Tests;

/// <summary>A device that answers every task with whatever could do harm.</summary>
internal sealed class HostileDevice : IDisposable
{
    private readonly MqttConnection _connection;
    private readonly MqttFleetOptions _options;
    private readonly CancellationTokenSource _stop = new();
    private readonly Random _random;

    public HostileDevice(MqttFleetOptions options, int maxMessageBytes, int seed)
    {
        (_options, _random) = (options, new Random(seed));
        _connection = new MqttConnection(options, [options.To(options.User!), options.All], options.User!, maxMessageBytes, null, (_, message) => Answer(System.Buffers.BuffersExtensions.ToArray(message)));
        _ = StayConnectedAsync();
    }

    public void Dispose()
    {
        _stop.Cancel();
        _connection.Dispose();
        _stop.Dispose();
    }

    /// <summary>Answers to a task that must not be merged: not numbers, huge, damaged, old, of a version to come, of too many samples.</summary>
    private static byte[][] AnswersTo(Message task, Random random, int length)
    {
        var old = task.Context.Round > 0 ? task.Context with { Round = task.Context.Round - 1 } : task.Context with { Fleet = task.Context.Fleet + 1 };
        float[] plausible = [.. Enumerable.Range(0, length).Select(_ => 0.01f * (random.NextSingle() - 0.5f))];
        var (damaged, version) = (Write(task.Context, 100, plausible), Write(task.Context, 100, plausible));
        damaged[random.Next(100, damaged.Length)] ^= 16;
        version[4] = 9;
        var noise = new byte[random.Next(1, 20_000)];
        random.NextBytes(noise);
        return
        [
            Write(task.Context, 100, [.. plausible[1..], float.NaN]),
            Write(task.Context, 100, [.. plausible.Select(value => value * 1e9f)]),
            Write(task.Context, uint.MaxValue, plausible),
            Write(old, 100, plausible),
            Write(task.Context, 100, plausible[1..]),
            damaged, version, noise, damaged[..^7],
        ];
    }

    private static byte[] Write(MessageContext context, uint samples, float[] difference)
    {
        var bytes = new byte[Message.UpdateLength(difference.Length)];
        Message.WriteUpdate(bytes, context, samples, 0.1f, difference);
        return bytes;
    }

    private async Task StayConnectedAsync()
    {
        try
        {
            while (true)
            {
                if (!_connection.Client.IsConnected)
                {
                    await _connection.ConnectAsync(_stop.Token);
                    await SendAsync(Hello());
                }

                await Task.Delay(100, _stop.Token);
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    private void Answer(byte[] bytes)
    {
        if (Message.TryRead(bytes, out var message) is not null)
            return;
        if (message.Kind == MessageKind.Call)
            _ = SendAsync(Hello(message.Context.Model));
        if (message.Kind == MessageKind.Task)
            _ = SendAsync(AnswersTo(message, _random, WeightVector.Of(new AirPollution.AirModel()).TrainableLength));
    }

    private async Task SendAsync(params byte[][] messages)
    {
        foreach (var message in messages)
            await _connection.TrySendAsync(_options.From(_options.User!), message, isRetained: false, _stop.Token);
    }

    private static byte[] Hello(ulong? model = null)
    {
        var bytes = new byte[Message.ShortLength];
        Message.Write(bytes, MessageKind.Hello, new(0, model ?? WeightVector.Of(new AirPollution.AirModel()).Fingerprint, 0));
        return bytes;
    }
}
