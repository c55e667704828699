namespace NanoRnn.Fleet.Protocol;

/// <summary>What a message is. The numbers are those of the format.</summary>
internal enum MessageKind : ushort
{
    /// <summary>Hub to all: whoever is there, say hello.</summary>
    Call = 1,

    /// <summary>Hub to a device: weights to learn from.</summary>
    Task = 2,

    /// <summary>Hub to a device: what became of an update.</summary>
    Receipt = 3,

    /// <summary>Hub to all: the last weights; there are no more rounds.</summary>
    End = 4,

    /// <summary>Device to hub: it is there.</summary>
    Hello = 16,

    /// <summary>Device to hub, or the broker in its place: it is gone.</summary>
    Leave = 17,

    /// <summary>Device to hub: what it has learnt.</summary>
    Update = 18,
}
