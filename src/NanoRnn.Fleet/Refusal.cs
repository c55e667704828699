namespace NanoRnn.Fleet;

/// <summary>Why a message of a device was not taken. The numbers are those of the format.</summary>
public enum Refusal
{
    /// <summary>It is no message of the protocol, is damaged, or is not of a kind that devices send.</summary>
    Malformed = 1,

    /// <summary>It is of another version of the protocol.</summary>
    UnknownVersion = 2,

    /// <summary>It has more bytes than any message to this hub.</summary>
    TooLarge = 3,

    /// <summary>It is for another hub, or for one whose journal is gone.</summary>
    OtherFleet = 4,

    /// <summary>It is of a model with other tensors: of another version of the program.</summary>
    OtherModel = 5,

    /// <summary>Its round is over.</summary>
    Late = 6,

    /// <summary>The device was not asked in this round, or the round has not begun.</summary>
    NotAsked = 7,

    /// <summary>The device's update of this round has been taken.</summary>
    Duplicate = 8,

    /// <summary>It has NaN or infinite numbers.</summary>
    NotFinite = 9,

    /// <summary>Its norm is above <see cref="FleetHubOptions.MaxUpdateNorm"/>.</summary>
    NormTooLarge = 10,

    /// <summary>It says it comes from no samples, or from more than <see cref="FleetHubOptions.MaxSamples"/>.</summary>
    ImplausibleSamples = 11,

    /// <summary>There are <see cref="FleetHubOptions.MaxDevices"/> devices already, or the device's name is none.</summary>
    UnwelcomeDevice = 12,
}
