using System.Security.Cryptography;
using NanoRnn.Fleet.Protocol;

namespace NanoRnn.Fleet;

/// <summary>
/// The hub of a fleet: asks devices to learn from its weights, checks what they send, merges it. It knows nothing of the network between them,
/// and its only clock is the one that it is given.
/// </summary>
/// <remarks>
/// May be called by several threads. Its memory is that of <see cref="FleetHubOptions.SampleSize"/> updates, three times the weights, and
/// what it remembers of each device, whatever it is sent.
/// </remarks>
public sealed partial class FleetHub : IDisposable
{
    private readonly Lock _gate = new();
    private readonly WeightVector _model;
    private readonly FleetHubOptions _options;
    private readonly HubJournal? _journal;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SortedDictionary<string, Member> _members = new(StringComparer.Ordinal);
    private readonly int _maxLength;
    private readonly ulong _fleet;
    private readonly float[] _weights;

    /// <summary>Of the round: a row for each device that is asked.</summary>
    private readonly float[] _updates;
    private readonly uint[] _samples;
    private readonly float[] _losses;
    private Member[] _asked = [];
    private IHubTransport? _transport;
    private HubPhase _phase = HubPhase.Waiting;
    private uint _round;
    private long _roundStart;
    private bool _waitsForAll;
    private ReadOnlyMemory<byte> _task;

    /// <summary>A hub with a model's weights, or with those of its journal, where it has left off.</summary>
    /// <param name="model">The weights to begin with; at the end of every round they are those of the fleet.</param>
    /// <param name="options">How rounds are run.</param>
    /// <param name="journal">Where the hub keeps what it needs to go on; null to lose everything with the process. The caller disposes of it.</param>
    /// <param name="time">The clock; null for the system's.</param>
    /// <exception cref="InvalidDataException">The journal is damaged, or of another model.</exception>
    /// <exception cref="IOException">The journal cannot be read.</exception>
    public FleetHub(WeightVector model, FleetHubOptions options, HubJournal? journal = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(options);
        (_model, _options, _journal, _time) = (model, options, journal, time ?? TimeProvider.System);
        _weights = new float[model.Length];
        _updates = new float[checked(options.SampleSize * model.TrainableLength)];
        _samples = new uint[options.SampleSize];
        _losses = new float[options.SampleSize];
        _maxLength = Message.UpdateLength(model.TrainableLength);
        _timer = _time.CreateTimer(_ => OnTimer(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        if (journal?.Load(model.Fingerprint, Counters, _weights) is { } state)
        {
            (_fleet, _round) = (state.Fleet, state.Round);
            model.CopyFrom(_weights);
            journal.Replay(_round, Resume, Retake);
        }
        else
        {
            model.CopyTo(_weights);
            _fleet = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong)));
            journal?.Save(Context, Counters, _weights);
        }
    }

    /// <summary>After every round, while the hub holds its lock: it must be quick, and must not call the hub.</summary>
    public event Action<RoundReport>? RoundCompleted;

    /// <summary>For every message that is not taken, with its device, while the hub holds its lock.</summary>
    public event Action<string, Refusal>? Refused;

    /// <summary>Ends when the last round is over, or with the exception that has stopped the hub.</summary>
    public Task Completion => _completion.Task;

    /// <summary>What has been counted.</summary>
    public FleetCounters Counters { get; } = new();

    /// <summary>Rounds that are over.</summary>
    public int CompletedRounds => (int)_round;

    /// <summary>The bytes of the largest message that a device sends, and of the largest that it is sent.</summary>
    public int MaxMessageBytes => Math.Max(_maxLength, Message.TaskLength(_model.Length));

    private MessageContext Context => new(_fleet, _model.Fingerprint, _round);

    /// <summary>Begins: calls the devices, and the first round as soon as enough have answered.</summary>
    /// <param name="transport">How messages get to devices.</param>
    /// <exception cref="InvalidOperationException">The hub has begun already.</exception>
    public void Start(IHubTransport transport)
    {
        ArgumentNullException.ThrowIfNull(transport);
        if (Interlocked.CompareExchange(ref _transport, transport, null) is not null)
            throw new InvalidOperationException("The hub has begun already.");
        Call();
        Guard(Begin);
    }

    /// <summary>Takes a message of a device, or refuses it.</summary>
    /// <param name="device">Who has sent it, as the transport knows, not as the message says.</param>
    /// <param name="message">The message, which is not needed any more when this returns.</param>
    public void Receive(string device, ReadOnlySpan<byte> message)
    {
        ArgumentNullException.ThrowIfNull(device);
        lock (_gate)
        {
            if (_phase == HubPhase.Ended)
                return;
            try
            {
                Take(device, message);
            }
            catch (Exception exception)
            {
                Fail(exception);
                throw;
            }
        }
    }

    /// <summary>Ends the hub, as killing it does: nothing is lost.</summary>
    public void Dispose()
    {
        _timer.Dispose();
        lock (_gate)
            _phase = HubPhase.Ended;
    }

    /// <summary>Has all devices say hello.</summary>
    internal void Call() => Guard(() =>
    {
        if (_phase == HubPhase.Ended || _transport is null)
            return;
        var call = new byte[Message.ShortLength];
        Message.Write(call, MessageKind.Call, Context);
        _transport.Broadcast(call);
    });

    private void Begin()
    {
        if (_phase == HubPhase.Open)
            OpenRound();
        else
            StartRoundIfReady();
    }

    private void Take(string device, ReadOnlySpan<byte> bytes)
    {
        Message message = default;
        if ((bytes.Length > _maxLength ? Refusal.TooLarge : Message.TryRead(bytes, out message)) is { } mistake)
        {
            Refuse(device, mistake);
            CloseRoundIfComplete();
            return;
        }

        switch (message.Kind)
        {
            case MessageKind.Hello when message.Context.Model != _model.Fingerprint:
                Refuse(device, Refusal.OtherModel);
                break;
            case MessageKind.Hello:
                Welcome(device);
                break;
            case MessageKind.Leave:
                if (_members.TryGetValue(device, out var member))
                    member.IsPresent = false;
                break;
            case MessageKind.Update:
                TakeUpdate(device, message, bytes);
                break;
            default:
                Refuse(device, Refusal.Malformed);
                break;
        }

        CloseRoundIfComplete();
    }

    private void Welcome(string device)
    {
        if (!_members.TryGetValue(device, out var member))
        {
            if (_members.Count == _options.MaxDevices || !FleetHubOptions.IsName(device))
            {
                Refuse(device, Refusal.UnwelcomeDevice);
                return;
            }

            _members.Add(device, member = new(device));
        }

        member.IsPresent = true;
        if (_phase == HubPhase.Open && member is { Row: >= 0, HasAnswered: false })
            _transport?.Send(device, _task);
        StartRoundIfReady();
    }

    private void TakeUpdate(string device, Message message, ReadOnlySpan<byte> bytes)
    {
        var member = _members.GetValueOrDefault(device);
        var refusal = Check(member, message);
        if (refusal is null)
        {
            // Before the device is told: what it was told is not forgotten.
            _journal?.Append(device, bytes);
            Keep(member!, message);
        }
        else
        {
            Refuse(device, refusal.Value);
        }

        var receipt = new byte[Message.ReceiptMessageLength];
        Message.WriteReceipt(receipt, message.Context, refusal == Refusal.Duplicate ? null : refusal);
        _transport?.Send(device, receipt);
    }

    /// <summary>Why an update is not taken; otherwise it is in its row.</summary>
    private Refusal? Check(Member? member, Message message)
    {
        if (message.Context.Fleet != _fleet)
            return Refusal.OtherFleet;
        if (message.Context.Model != _model.Fingerprint)
            return Refusal.OtherModel;
        if (message.Context.Round < _round)
            return Refusal.Late;
        if (_phase != HubPhase.Open || message.Context.Round > _round || member is null or { Row: < 0 })
            return Refusal.NotAsked;
        if (member.HasAnswered)
            return Refusal.Duplicate;
        if (message.Count != _model.TrainableLength)
            return Refusal.Malformed;
        if (message.Samples == 0 || message.Samples > _options.MaxSamples)
            return Refusal.ImplausibleSamples;
        var row = RowOf(member);
        if (!message.CopyNumbers(row) || !float.IsFinite(message.Loss))
            return Refusal.NotFinite;
        var squares = 0.0;
        foreach (var difference in row)
            squares += (double)difference * difference;
        return Math.Sqrt(squares) > _options.MaxUpdateNorm ? Refusal.NormTooLarge : null;
    }

    private void Keep(Member member, Message message)
    {
        member.HasAnswered = true;
        (_samples[member.Row], _losses[member.Row]) = (message.Samples, message.Loss);
    }

    private Span<float> RowOf(Member member) => _updates.AsSpan(member.Row * _model.TrainableLength, _model.TrainableLength);

    private void Refuse(string device, Refusal refusal)
    {
        Counters.Count(refusal);
        if (refusal is not (Refusal.Late or Refusal.NotAsked or Refusal.OtherFleet or Refusal.Duplicate) && _members.TryGetValue(device, out var member))
            member.HasFailed = true;
        Refused?.Invoke(device, refusal);
    }

    private void OnTimer() => Guard(() =>
    {
        if (_transport is null || _phase == HubPhase.Ended)
            return;
        if (_phase == HubPhase.Open && _time.GetElapsedTime(_roundStart) >= _options.RoundTime)
            CloseRound();
        else
            StartRoundIfReady();
    });

    private void Guard(Action action)
    {
        lock (_gate)
        {
            try
            {
                action();
            }
#pragma warning disable CA1031 // Nobody waits for what a timer does but those who wait for the end.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                Fail(exception);
            }
        }
    }

    private void Fail(Exception exception)
    {
        _phase = HubPhase.Ended;
        _completion.TrySetException(exception);
    }
}
