using NanoRnn.Fleet.Protocol;

namespace NanoRnn.Fleet;

/// <summary>
/// A device of a fleet: learns from the weights that a hub sends, and answers with what they have changed by. It knows nothing of the network.
/// </summary>
/// <remarks>
/// Not for use by two threads at once. Allocates nothing after construction but what its training does; keeps three copies of the weights and one message.
/// </remarks>
public sealed class FleetDevice
{
    private readonly WeightVector _model;
    private readonly ILocalTraining _training;
    private readonly UpdatePrivacy? _privacy;
    private readonly float[] _roundWeights;
    private readonly float[] _weights;
    private readonly byte[] _update;
    private readonly byte[] _short = new byte[Message.ShortLength];
    private MessageContext _context;
    private bool _hasUpdate;

    /// <summary>A device.</summary>
    /// <param name="model">Its weights, which become those of every round.</param>
    /// <param name="training">How it learns.</param>
    /// <param name="privacy">What is done to updates before they are sent; null for nothing.</param>
    public FleetDevice(WeightVector model, ILocalTraining training, UpdatePrivacy? privacy = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(training);
        (_model, _training, _privacy) = (model, training, privacy);
        _roundWeights = new float[model.Length];
        _weights = new float[model.Length];
        _update = new byte[Message.UpdateLength(model.TrainableLength)];
        _context = new(0, model.Fingerprint, 0);
    }

    /// <summary>Rounds that it has learnt in.</summary>
    public int LearntRounds { get; private set; }

    /// <summary>What the hub has last said of an update: null if it was taken.</summary>
    public Refusal? LastRefusal { get; private set; }

    /// <summary>Whether there are no more rounds; the model has the fleet's last weights then.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>Messages of the hub that were no use: damaged, old, or of another model.</summary>
    public long IgnoredMessages { get; private set; }

    /// <summary>The bytes of the largest message that a hub with this model sends.</summary>
    public int MaxMessageBytes => Message.TaskLength(_model.Length);

    /// <summary>What it says whenever it is connected. Valid until the next call.</summary>
    public ReadOnlyMemory<byte> Hello() => Say(MessageKind.Hello);

    /// <summary>What it says before it goes, or the broker in its place. Valid until the next call.</summary>
    public ReadOnlyMemory<byte> Leave() => Say(MessageKind.Leave);

    /// <summary>Takes a message of the hub. Learns, if it is asked to.</summary>
    /// <param name="message">The message, which is not needed any more when this returns.</param>
    /// <returns>The answer, valid until the next call; empty for none.</returns>
    public ReadOnlyMemory<byte> Receive(ReadOnlySpan<byte> message)
    {
        if (Message.TryRead(message, out var read) is null && read.Context.Model == _model.Fingerprint)
        {
            switch (read.Kind)
            {
                case MessageKind.Call:
                    return Hello();
                case MessageKind.Task when read.Count == _model.Length:
                    return Learn(read);
                case MessageKind.Receipt:
                    LastRefusal = read.Refusal;
                    return default;
                case MessageKind.End when read.Count == _model.Length && read.CopyNumbers(_roundWeights):
                    _model.CopyFrom(_roundWeights);
                    HasEnded = true;
                    return default;
                default:
                    break;
            }
        }

        IgnoredMessages++;
        return default;
    }

    private ReadOnlyMemory<byte> Say(MessageKind kind)
    {
        Message.Write(_short, kind, _context);
        return _short;
    }

    private ReadOnlyMemory<byte> Learn(Message task)
    {
        // Asked again: the same answer, without learning twice.
        if (_hasUpdate && task.Context == _context)
            return _update;
        if ((_hasUpdate && task.Context.Fleet == _context.Fleet && task.Context.Round < _context.Round) || !task.CopyNumbers(_roundWeights))
        {
            IgnoredMessages++;
            return default;
        }

        (_context, _hasUpdate) = (task.Context, false);
        _model.CopyFrom(_roundWeights);
        var loss = _training.Run((int)task.Context.Round, task.ProximalTerm);
        _model.CopyTo(_weights);
        var difference = _weights.AsSpan(0, _model.TrainableLength);
        for (var i = 0; i < difference.Length; i++)
            difference[i] -= _roundWeights[i];
        _privacy?.Apply(difference);
        Message.WriteUpdate(_update, _context, (uint)_training.Samples, loss, difference);
        _hasUpdate = true;
        LearntRounds++;
        return _update;
    }
}
