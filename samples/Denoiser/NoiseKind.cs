namespace Denoiser;

/// <summary>What disturbs.</summary>
public enum NoiseKind
{
    /// <summary>All frequencies alike.</summary>
    White,

    /// <summary>Every octave alike.</summary>
    Pink,

    /// <summary>Two resonances anywhere, louder and softer in turn: wind, fans, water.</summary>
    Resonant,

    /// <summary>The mains, 50 or 60 Hz, and its harmonics.</summary>
    Hum,

    /// <summary>Short knocks now and then, each with a tone of its own, over a faint hiss.</summary>
    Clicks,

    /// <summary>Five more who speak, of any of the voices.</summary>
    Babble,

    /// <summary>A rattling motor: harmonics of a wavering tone, and rumbling. No model learns from it.</summary>
    Motor,
}
