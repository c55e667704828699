namespace NanoRnn.Differential.Running.Checks;

/// <summary>One thing that is promised of every model.</summary>
internal interface ICheck
{
    /// <summary>What is wrong, or null.</summary>
    string? Find(TestCase test);
}
