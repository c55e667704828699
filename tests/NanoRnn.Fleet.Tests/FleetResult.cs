namespace NanoRnn.Fleet.Tests;

/// <summary>What a fleet of processes has come to.</summary>
/// <param name="Error">The mean quantile loss in the test year.</param>
/// <param name="MergedRounds">Rounds that changed the weights.</param>
/// <param name="VoidRounds">Rounds that did not.</param>
/// <param name="MergedUpdates">Updates that are in the weights.</param>
/// <param name="Refusals">Messages that were refused, in all lives of the hub.</param>
/// <param name="Deaths">Devices that were killed.</param>
/// <param name="PeakBytes">The most memory that a device has had, of those that are left.</param>
/// <param name="Time">How long it took.</param>
internal sealed record FleetResult(
    double Error, int MergedRounds, int VoidRounds, int MergedUpdates, int Refusals, int Deaths, long PeakBytes, TimeSpan Time);
