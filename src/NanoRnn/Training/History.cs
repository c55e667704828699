namespace NanoRnn;

/// <summary>The losses of the epochs of one <c>Fit</c>.</summary>
public sealed class History
{
    private readonly List<float> _loss;
    private readonly List<float> _validationLoss;

    internal History(int epochs, bool hasValidation)
    {
        _loss = new List<float>(epochs);
        _validationLoss = new List<float>(hasValidation ? epochs : 0);
    }

    /// <summary>Number of epochs that are done.</summary>
    public int Epochs => _loss.Count;

    /// <summary>Mean training loss of every epoch.</summary>
    public IReadOnlyList<float> Loss => _loss;

    /// <summary>Loss of the validation data after every epoch; empty if there was none.</summary>
    public IReadOnlyList<float> ValidationLoss => _validationLoss;

    internal void Add(float loss, float? validationLoss)
    {
        _loss.Add(loss);
        if (validationLoss is { } value)
            _validationLoss.Add(value);
    }
}
