namespace AirFleet;

/// <summary>What the program is asked to do.</summary>
internal enum Verb
{
    All,
    Hub,
    Device,
    Central,
    Help,
}
