namespace NanoRnn;

/// <summary>In which direction a recurrent layer goes through its sequence.</summary>
public enum Direction
{
    /// <summary>From the first time step to the last.</summary>
    Forward,

    /// <summary>
    /// Two layers with weights of their own, one from the first time step to the last and one from the last to the first, whose
    /// outputs are merged (Schuster and Paliwal 1997).
    /// </summary>
    Bidirectional,
}
