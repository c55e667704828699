using NanoRnn;

namespace Denoiser;

/// <summary>From the energies of a frame's bands to a gain for each, and the probability that somebody speaks.</summary>
/// <remarks>A graph as that of RNNoise (J.-M. Valin 2018): who speaks, what the noise is, and what remains are three recurrent layers.</remarks>
[RnnModel(InputSize = Bands.Count, Weights = "denoiser.safetensors")]
[Normalization(Name = "scaled")]
[Dense(48, Activation = Activation.Tanh, Name = "features")]
[Gru(32, ReturnSequences = true, Name = "speech")]
[Dense(1, Activation = Activation.Sigmoid, Name = "voice")]
[Concatenate("features", "speech", "scaled")]
[Gru(48, ReturnSequences = true, Name = "noise")]
[Concatenate("speech", "noise", "scaled")]
[Gru(72, ReturnSequences = true)]
[Dense(Bands.Count, Activation = Activation.Sigmoid, Name = "gains")]
[Output("gains", "voice")]
public sealed partial class DenoiserModel;
