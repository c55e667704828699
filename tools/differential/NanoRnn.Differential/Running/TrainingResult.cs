namespace NanoRnn.Differential.Running;

/// <summary>What steps of training have left.</summary>
/// <param name="Losses">The loss of each step.</param>
/// <param name="Weights">Every tensor after the last one, in the order of a file.</param>
/// <param name="Padding">Floats between the weights that are no longer zero.</param>
/// <param name="AllocatedBytes">What a further step allocated on its thread.</param>
internal sealed record TrainingResult(float[] Losses, float[][] Weights, int Padding, long AllocatedBytes)
{
    public float[] All => [.. Losses, .. Weights.SelectMany(values => values)];
}
