namespace NanoRnn.Mutation;

/// <summary>What became of a fault.</summary>
internal enum Verdict
{
    /// <summary>A test failed.</summary>
    Killed,

    /// <summary>Every test that should notice passed.</summary>
    Survived,

    /// <summary>The compiler noticed: it is no fault.</summary>
    DoesNotBuild,

    /// <summary>Its lines do not occur, or more than once.</summary>
    Refused,
}
