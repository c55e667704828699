namespace NanoRnn;

/// <summary>How the outputs of the two directions of a bidirectional layer become one.</summary>
public enum MergeMode
{
    /// <summary>One behind the other, forward first: twice as many features.</summary>
    Concat,

    /// <summary>Their sum.</summary>
    Sum,

    /// <summary>Their elementwise product.</summary>
    Multiply,

    /// <summary>Their mean.</summary>
    Average,
}
