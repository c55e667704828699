namespace SpokenDigits;

/// <summary>How well a voice is understood that was never heard: each speaker in turn is left out of what is learnt from.</summary>
public static class SpeakerStudy
{
    /// <summary>Trains a model for each speaker with the recordings of the others, and tests it with those of that speaker.</summary>
    /// <returns>The share of recordings that are recognised, by speaker.</returns>
    public static (string Speaker, double Accuracy)[] Run(IReadOnlyList<SpokenDigit> recordings, int seed, int epochs)
    {
        string[] speakers = [.. recordings.Select(recording => recording.Speaker).Distinct().Order(StringComparer.Ordinal)];
        var accuracies = new double[speakers.Length];
        Parallel.For(0, speakers.Length, i =>
        {
            var isOwn = recordings.ToLookup(recording => recording.Speaker == speakers[i]);
            var model = WordTraining.Train([.. isOwn[false]], seed, epochs);
            accuracies[i] = WordTraining.Test(model, [.. isOwn[true]]).Accuracy;
        });
        return [.. speakers.Zip(accuracies)];
    }
}
