using NanoRnn.Fleet.Protocol;

namespace NanoRnn.Fleet;

public sealed partial class FleetHub
{
    private void StartRoundIfReady()
    {
        if (_transport is null || _phase != HubPhase.Waiting)
            return;
        if (_round >= _options.Rounds)
        {
            End();
            return;
        }

        var present = new List<Member>(_members.Count);
        foreach (var member in _members.Values)
        {
            if (member.IsPresent)
                present.Add(member);
        }

        if (present.Count < Math.Max(_options.MinDevices, _options.MinUpdates))
            return;
        var wait = _roundStart == 0 ? TimeSpan.Zero : _options.Interval - _time.GetElapsedTime(_roundStart);
        if (wait > TimeSpan.Zero)
        {
            _timer.Change(wait, Timeout.InfiniteTimeSpan);
            return;
        }

        var chosen = present.ToArray();
        new RandomGenerator(((ulong)(uint)_options.Seed << 32) + _round).Shuffle<Member>(chosen);
        Ask(chosen[..Math.Min(_options.SampleSize, chosen.Length)]);
        _journal?.BeginRound(_round, _asked);
        _waitsForAll = false;
        OpenRound();
    }

    private void Ask(Member[] members)
    {
        Array.Sort(members, (first, second) => string.CompareOrdinal(first.Name, second.Name));
        _asked = members;
        for (var row = 0; row < members.Length; row++)
            (members[row].Row, members[row].HasAnswered, members[row].HasFailed) = (row, false, false);
        _phase = HubPhase.Open;
    }

    /// <summary>Asks those who are there. Those who come again later are asked when they say hello.</summary>
    private void OpenRound()
    {
        var task = new byte[Message.TaskLength(_model.Length)];
        Message.WriteTask(task, MessageKind.Task, Context, _options.ProximalTerm, _weights);
        _task = task;
        _roundStart = _time.GetTimestamp();
        _timer.Change(_options.RoundTime, Timeout.InfiniteTimeSpan);
        foreach (var member in _asked)
        {
            if (member is { IsPresent: true, HasAnswered: false })
                _transport!.Send(member.Name, _task);
        }

        CloseRoundIfComplete();
    }

    /// <summary>
    /// Those who have sent something that is no good are not waited for, nor those who are gone, unless the hub has just come back and does
    /// not know who is there.
    /// </summary>
    private void CloseRoundIfComplete()
    {
        if (_phase != HubPhase.Open || _transport is null)
            return;
        foreach (var member in _asked)
        {
            if (member is { HasAnswered: false, HasFailed: false } && (member.IsPresent || _waitsForAll))
                return;
        }

        CloseRound();
    }

    private void CloseRound()
    {
        var (order, names, samples, losses) = (new List<int>(_asked.Length), new List<string>(_asked.Length), 0.0, 0.0);
        foreach (var member in _asked)
        {
            if (!member.HasAnswered)
                continue;
            order.Add(member.Row);
            names.Add(member.Name);
            samples += _samples[member.Row];
            losses += (double)_samples[member.Row] * _losses[member.Row];
        }

        var report = new RoundReport((int)_round, _asked.Length, names, names.Count >= _options.MinUpdates, losses / samples);
        if (report.IsMerged)
        {
            var difference = new float[_model.TrainableLength];
            _options.Aggregation.Merge(new(_updates, _samples, order.ToArray(), difference.Length), difference);
            for (var i = 0; i < difference.Length; i++)
                _weights[i] += difference[i];
            _model.CopyFrom(_weights);
        }

        Counters.Count(report);
        foreach (var member in _asked)
            member.Row = -1;
        _asked = [];
        _round++;
        _phase = HubPhase.Waiting;
        _journal?.Save(Context, Counters, _weights);
        RoundCompleted?.Invoke(report);
        StartRoundIfReady();
    }

    private void End()
    {
        _phase = HubPhase.Ended;
        var end = new byte[Message.TaskLength(_model.Length)];
        Message.WriteTask(end, MessageKind.End, Context, 0, _weights);
        _transport!.Broadcast(end);
        _completion.TrySetResult();
    }

    /// <summary>The round in which the hub was killed: who was asked.</summary>
    private void Resume(string[] names)
    {
        if (names.Length > _options.SampleSize)
            throw new InvalidDataException($"The journal is in a round of {names.Length} devices; expected at most {_options.SampleSize}, the {nameof(FleetHubOptions.SampleSize)}.");
        foreach (var name in names)
            _members.Add(name, new(name));
        _waitsForAll = true;
        Ask([.. _members.Values]);
    }

    /// <summary>An update that was taken before the hub was killed.</summary>
    private void Retake(string name, byte[] bytes)
    {
        var member = _members.GetValueOrDefault(name);
        if (Message.TryRead(bytes, out var message) is null && Check(member, message) is null)
            Keep(member!, message);
    }
}
