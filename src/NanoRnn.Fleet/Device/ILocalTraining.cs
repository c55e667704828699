namespace NanoRnn.Fleet;

/// <summary>What a device does with weights it is given: learn from its own data.</summary>
public interface ILocalTraining
{
    /// <summary>The number of samples that it learns from, at least 1.</summary>
    int Samples { get; }

    /// <summary>Trains the model, which has the weights of the round.</summary>
    /// <param name="round">The round, counted from 0.</param>
    /// <param name="proximalTerm">FedProx's μ: how strongly weights are held near those of the round; 0 for not at all.</param>
    /// <returns>The mean loss.</returns>
    float Run(int round, float proximalTerm);
}
