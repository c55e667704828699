namespace SpokenDigits;

/// <summary>A recording of one digit.</summary>
/// <param name="Digit">0 to 9.</param>
/// <param name="Speaker">Who says it.</param>
/// <param name="Index">Which of the speaker's recordings of it, 0 to 49.</param>
/// <param name="Features">Frames × bands, see <see cref="Listen.LogMel"/>.</param>
public sealed record SpokenDigit(int Digit, string Speaker, int Index, byte[] Features)
{
    /// <summary>Whether it is in the test part that the data set's authors name: the first five of each digit and speaker.</summary>
    public bool IsTest => Index < 5;
}
