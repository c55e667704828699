namespace NanoRnn;

/// <summary>What came of a time step that a <see cref="LiveLearner{TModel}"/> was given.</summary>
public enum LiveLearning
{
    /// <summary>The window is not full yet.</summary>
    Waiting,

    /// <summary>A window was learnt from.</summary>
    Learnt,

    /// <summary>A window was learnt from, and the weights before it are the last good ones now.</summary>
    Kept,

    /// <summary>
    /// The error had grown: the model has the last good weights again. A session that predicts with it should be reset, since its state is of
    /// the weights that are gone.
    /// </summary>
    RolledBack,

    /// <summary>The last good weights err as much: it is the stream that has changed. What the error is now is what later errors are compared with.</summary>
    Drifted,
}
