using NanoRnn.Fleet.Protocol;

namespace NanoRnn.Fleet.Tests;

public sealed class HubTests
{
    private static readonly FleetHubOptions Options = new() { Rounds = 3, SampleSize = 6, MinUpdates = 2, MinDevices = 6 };

    [Fact]
    public void RoundsAreAveragesOfWhatDevicesLearnt()
    {
        var fleet = Run(Options, order: null);
        var expected = new TestFleet(Options).Weights();
        for (var round = 0; round < Options.Rounds; round++)
        {
            var sum = new double[expected.Length];
            for (var device = 0; device < 6; device++)
            {
                var model = new SmallModel();
                var vector = WeightVector.Of(model);
                vector.CopyFrom(expected);
                new FixedTraining(model, device).Run(round, 0);
                var learnt = new float[vector.Length];
                vector.CopyTo(learnt);
                for (var i = 0; i < sum.Length; i++)
                    sum[i] += (10 + device) * (double)(learnt[i] - expected[i]);
            }

            for (var i = 0; i < sum.Length; i++)
                expected[i] += (float)(sum[i] / 75);
        }

        Assert.Equal(expected, fleet.Weights());
        Assert.All(fleet.Reports, report => Assert.Equal((6, 6, true), (report.Asked, report.Updates, report.IsMerged)));
        Assert.All(fleet.Reports, report => Assert.Equal(fleet.Devices.Keys.Order(StringComparer.Ordinal), report.Devices));
        Assert.Equal((18, 3, 0), (fleet.Hub.Counters.MergedUpdates, fleet.Hub.Counters.MergedRounds, fleet.Hub.Counters.VoidRounds));
        Assert.True(fleet.Hub.Completion.IsCompletedSuccessfully);
        Assert.All(fleet.Devices.Values, device => Assert.True(device.HasEnded));
    }

    [Fact]
    public void DuplicatesAndReorderedMessagesAreHarmless()
    {
        var expected = Run(Options, order: null).Weights();
        for (var seed = 0; seed < 20; seed++)
        {
            var fleet = Run(Options, new Random(seed), copies: 3);
            Assert.Equal(expected, fleet.Weights());
            Assert.Equal(18, fleet.Hub.Counters.MergedUpdates);
            Assert.True(fleet.Hub.Counters[Refusal.Duplicate] + fleet.Hub.Counters[Refusal.Late] > 0);
            Assert.All(fleet.Trainings.Values, training => Assert.Equal(3, training.Runs));
        }
    }

    public static TheoryData<Refusal> Refusals => new(Enum.GetValues<Refusal>());

    /// <summary>Whatever is wrong with an update, it changes nothing and is named; a good one is taken after it.</summary>
    [Theory]
    [MemberData(nameof(Refusals))]
    public void WrongMessagesAreRefusedCountedAndNamed(Refusal refusal)
    {
        var options = Options with { MaxDevices = 6 };
        var expected = Run(options, order: null).Weights();
        var fleet = new TestFleet(options);
        fleet.AddDevices(6);
        fleet.Hub.Start(fleet);
        fleet.ToDevices.Clear();
        fleet.SayHello(fleet.Devices.Keys);
        Feed(fleet);
        Assert.Equal(6, fleet.ToDevices.Count);
        var (context, sender) = (fleet.Context, "device-2");
        var length = WeightVector.Of(fleet.Model).TrainableLength;
        float[] small = [.. Enumerable.Repeat(1e-3f, length)];
        var good = Write(context, 10, small);
        var damaged = (byte[])good.Clone();
        damaged[50] ^= 1;
        var future = (byte[])good.Clone();
        future[4] = 2;
        List<byte[]> wrong = refusal switch
        {
            Refusal.Malformed => [[], [1, 2, 3], damaged, good[..^1], Write(context, 10, small[1..]), Short(MessageKind.Call, context)],
            Refusal.UnknownVersion => [future],
            Refusal.TooLarge => [[.. good, 0], new byte[10_000_000], Write(context, 10, [.. small, 0f])],
            Refusal.OtherFleet => [Write(context with { Fleet = context.Fleet + 1 }, 10, small), Write(context with { Fleet = 0 }, 10, small)],
            Refusal.OtherModel => [Write(context with { Model = WeightVector.Of(new OtherModel()).Fingerprint }, 10, small), Short(MessageKind.Hello, context with { Model = 1 })],
            Refusal.NotAsked => [Write(context with { Round = 1 }, 10, small), Write(context with { Round = uint.MaxValue }, 10, small)],
            Refusal.NotFinite => [.. ((float[])[float.NaN, float.PositiveInfinity, float.NegativeInfinity]).Select(value => Write(context, 10, [.. small[1..], value])), Write(context, 10, small, loss: float.NaN)],
            Refusal.NormTooLarge => [Write(context, 10, [.. small[1..], 11f]), Write(context, 10, [.. Enumerable.Repeat(float.MaxValue, length)])],
            Refusal.ImplausibleSamples => [Write(context, 0, small), Write(context, 1_000_001, small), Write(context, uint.MaxValue, small)],
            Refusal.UnwelcomeDevice => [Short(MessageKind.Hello, context)],
            _ => [],
        };
        if (refusal == Refusal.UnwelcomeDevice)
            sender = "one-too-many";
        foreach (var message in wrong)
            fleet.Hub.Receive(sender, message);
        Assert.Equal(wrong.Select(_ => (sender, refusal)), fleet.Refusals);
        Assert.Equal(wrong.Count, fleet.Hub.Counters[refusal]);

        Assert.Empty(fleet.Reports);
        fleet.Deliver(copies: refusal == Refusal.Duplicate ? 2 : 1);
        if (refusal == Refusal.Late)
            fleet.Hub.Receive(sender, Write(context, 10, small));
        Assert.Equal(expected, fleet.Weights());
        Assert.Equal(18, fleet.Hub.Counters.MergedUpdates);
        Assert.True(refusal is Refusal.Late || fleet.Hub.Counters[refusal] >= 1, $"{refusal} is not counted.");
    }

    [Fact]
    public void UpdatesOfRoundsThatAreOverAreLate()
    {
        var fleet = new TestFleet(Options with { MinDevices = 2, RoundTime = TimeSpan.FromSeconds(10) });
        fleet.AddDevices(3);
        fleet.Hub.Start(fleet);
        fleet.SayHello("device-0", "device-1");
        Feed(fleet);
        var late = fleet.Devices["device-1"].Receive(TaskFor(fleet, "device-1")).ToArray();
        fleet.Hub.Receive("device-0", fleet.Devices["device-0"].Receive(TaskFor(fleet, "device-0")).Span);
        Assert.Empty(fleet.Reports);
        Assert.True(fleet.Time.TryAdvance());
        Assert.Equal((0, 2, 1, false), (fleet.Reports[0].Round, fleet.Reports[0].Asked, fleet.Reports[0].Updates, fleet.Reports[0].IsMerged));
        fleet.Hub.Receive("device-1", late);
        Assert.Equal(("device-1", Refusal.Late), fleet.Refusals[^1]);
        Assert.Null(Message.TryRead(fleet.ToDevices[^1].Message, out var receipt));
        Assert.Equal(Refusal.Late, receipt.Refusal);
        Assert.Equal(1, fleet.Hub.Counters.VoidRounds);
    }

    [Fact]
    public void ThoseWhoAreGoneAreNotWaitedForAndThoseWhoComeAgainAreAskedAgain()
    {
        var fleet = new TestFleet(Options with { Rounds = 1, MinDevices = 3 });
        fleet.AddDevices(3);
        fleet.Hub.Start(fleet);
        fleet.SayHello(fleet.Devices.Keys);
        Feed(fleet);
        fleet.Hub.Receive("device-0", fleet.Devices["device-0"].Receive(TaskFor(fleet, "device-0")).Span);
        fleet.Hub.Receive("device-1", fleet.Devices["device-1"].Leave().Span);
        fleet.ToDevices.Clear();
        fleet.Hub.Receive("device-1", fleet.Devices["device-1"].Hello().Span);
        fleet.Hub.Receive("device-1", fleet.Devices["device-1"].Receive(TaskFor(fleet, "device-1")).Span);
        Assert.Empty(fleet.Reports);
        fleet.Hub.Receive("device-2", fleet.Devices["device-2"].Leave().Span);
        Assert.Equal((3, 2, true), (fleet.Reports[0].Asked, fleet.Reports[0].Updates, fleet.Reports[0].IsMerged));
    }

    [Fact]
    public void ThoseWhoSendNothingGoodAreNotWaitedForAndMayDoBetter()
    {
        var fleet = new TestFleet(Options with { Rounds = 1, MinDevices = 3 });
        fleet.AddDevices(3);
        fleet.Hub.Start(fleet);
        fleet.SayHello(fleet.Devices.Keys);
        Feed(fleet);
        foreach (var device in (string[])["device-0", "device-1"])
            fleet.Hub.Receive(device, [1, 2, 3]);
        Assert.Empty(fleet.Reports);
        foreach (var device in (string[])["device-1", "device-2"])
            fleet.Hub.Receive(device, fleet.Devices[device].Receive(TaskFor(fleet, device)).Span);
        Assert.Equal((3, 2, true), (fleet.Reports[0].Asked, fleet.Reports[0].Updates, fleet.Reports[0].IsMerged));
    }

    [Fact]
    public void SamplesOfDevicesAreEvenAndRepeatable()
    {
        var counts = new int[20];
        for (var seed = 0; seed < 2; seed++)
        {
            var choices = new List<string>();
            foreach (var _ in (int[])[0, 1])
            {
                var fleet = new TestFleet(Options with { Rounds = 300, SampleSize = 5, MinDevices = 20, Seed = seed });
                fleet.AddDevices(20);
                fleet.Hub.Start(fleet);
                fleet.SayHello(fleet.Devices.Keys);
                fleet.Deliver();
                choices.Add(string.Join(' ', fleet.Trainings.Values.Select(training => training.Runs)));
                Assert.Equal(1500, fleet.Trainings.Values.Sum(training => training.Runs));
                for (var i = 0; i < 20; i++)
                    counts[i] += fleet.Trainings[$"device-{i}"].Runs;
            }

            Assert.Equal(choices[0], choices[1]);
        }

        // 300 each in the mean, 15 deviation; the repeated runs double both.
        Assert.All(counts, count => Assert.InRange(count, 300 - 120, 300 + 120));
    }

    [Fact]
    public void RoundsKeepTheirInterval()
    {
        var fleet = new TestFleet(Options with { Rounds = 5, Interval = TimeSpan.FromMinutes(1) });
        fleet.AddDevices(6);
        fleet.Hub.Start(fleet);
        fleet.SayHello(fleet.Devices.Keys);
        fleet.Deliver();
        for (; fleet.Hub.CompletedRounds < 5; fleet.Deliver())
            Assert.True(fleet.Time.TryAdvance());
        Assert.Equal(TimeSpan.FromMinutes(4), fleet.Time.Elapsed);
    }

    private static TestFleet Run(FleetHubOptions options, Random? order, int copies = 1)
    {
        var fleet = new TestFleet(options);
        fleet.AddDevices(6);
        fleet.Hub.Start(fleet);
        fleet.SayHello(fleet.Devices.Keys);
        fleet.Deliver(order, copies);
        return fleet;
    }

    private static byte[] TaskFor(TestFleet fleet, string device) => fleet.ToDevices.Last(item => item.Device == device && item.Message[6] == (byte)MessageKind.Task).Message;

    private static void Feed(TestFleet fleet)
    {
        foreach (var (device, message) in fleet.ToHub.ToArray())
            fleet.Hub.Receive(device, message);
        fleet.ToHub.Clear();
    }

    private static byte[] Write(MessageContext context, uint samples, float[] difference, float loss = 1)
    {
        var bytes = new byte[Message.UpdateLength(difference.Length)];
        Message.WriteUpdate(bytes, context, samples, loss, difference);
        return bytes;
    }

    private static byte[] Short(MessageKind kind, MessageContext context)
    {
        var bytes = new byte[Message.ShortLength];
        Message.Write(bytes, kind, context);
        return bytes;
    }
}
