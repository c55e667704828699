namespace NanoRnn;

/// <summary>A number of a batch that is out of its range.</summary>
/// <param name="Row">The sequence that has it.</param>
/// <param name="Parameter">The parameter of <c>TrainBatch</c> that it came by.</param>
/// <param name="What">What it is, and at which step: "Token 7 at step 3".</param>
/// <param name="Fault">What is wrong with it: "is none of the 5 tokens 0 to 4".</param>
internal readonly record struct BatchMistake(int Row, string Parameter, string What, string Fault)
{
    /// <param name="owner">What the sequence is called: "sequence 2 of the batch", "sample 17".</param>
    /// <param name="parameter">The parameter that it came by.</param>
    public ArgumentException ToException(string owner, string parameter) => new($"{What} of {owner} {Fault}.", parameter);
}
