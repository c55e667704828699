namespace NanoRnn.Fleet.Protocol;

/// <summary>What every message says it belongs to.</summary>
/// <param name="Fleet">The hub's number; 0 for a device that has not heard it.</param>
/// <param name="Model">The fingerprint of the weights.</param>
/// <param name="Round">The round, counted from 0.</param>
internal readonly record struct MessageContext(ulong Fleet, ulong Model, uint Round);
