namespace Edge;

/// <summary>What the program is asked to do.</summary>
internal enum Verb
{
    Predict,
    Learn,
    Live,
    Train,
    Help,
}
