namespace NanoRnn.Deployed.Tests;

/// <summary>The network of RNNoise 0.1: the gains of 22 bands and the probability of speech from 42 features of a frame.</summary>
[RnnModel(InputSize = 42)]
[Dense(24, Activation = Activation.Tanh, Name = "input_dense")]
[Gru(24, Activation = Activation.Relu, ResetAfter = false, ReturnSequences = true, Name = "vad_gru")]
[Dense(1, Activation = Activation.Sigmoid, Name = "vad_output")]
[Concatenate("input_dense", "vad_gru", "input")]
[Gru(48, Activation = Activation.Relu, ResetAfter = false, ReturnSequences = true, Name = "noise_gru")]
[Concatenate("vad_gru", "noise_gru", "input")]
[Gru(96, Activation = Activation.Relu, ResetAfter = false, ReturnSequences = true, Name = "denoise_gru")]
[Dense(22, Activation = Activation.Sigmoid, Name = "denoise_output")]
[Output("denoise_output", "vad_output")]
internal sealed partial class RnNoise;

/// <summary>The first part of DTLN: a mask for the magnitudes of a block.</summary>
[RnnModel(InputSize = 257)]
[Lstm(128, ReturnSequences = true)]
[Lstm(128, ReturnSequences = true)]
[Dense(257, Activation = Activation.Sigmoid)]
internal sealed partial class DtlnMask;

/// <summary>The second part of DTLN: samples to features, a mask for them, and back to samples.</summary>
[RnnModel(InputSize = 512)]
[Dense(256, UseBias = false, Name = "encoder")]
[LayerNormalization(Epsilon = 1e-7)]
[Lstm(128, ReturnSequences = true)]
[Lstm(128, ReturnSequences = true)]
[Dense(256, Activation = Activation.Sigmoid, Name = "mask")]
[Multiply("encoder", "mask")]
[Dense(512, UseBias = false, Name = "decoder")]
internal sealed partial class DtlnFilter;

/// <summary>An amplifier of Neural Amp Modeler, whose LSTM begins in a state that has been learned.</summary>
[RnnModel(InputSize = 1)]
[Lstm(3, ReturnSequences = true, TrainableInitialState = true)]
[Dense(1)]
internal sealed partial class Amplifier;

/// <summary>Silero's detector of voice activity for 16 kHz: the probability of speech of 512 samples, behind the 64 before them.</summary>
[RnnModel(InputSize = 576)]
[ReflectionPadding1D(0, 64, Name = "frames")]
[Conv1D(129, 256, Positions = 640, Strides = 128, UseBias = false, Name = "cosines")]
[Conv1D(129, 256, Positions = 640, Strides = 128, UseBias = false, Input = "frames", Name = "sines")]
[Multiply("cosines", "cosines", Name = "cosine_powers")]
[Multiply("sines", "sines", Name = "sine_powers")]
[Add("cosine_powers", "sine_powers")]
[Lambda(nameof(Root))]
[Conv1D(128, 3, Positions = 4, Padding = Padding.Same, Activation = Activation.Relu, Name = "encoder_0")]
[ZeroPadding1D(1, 1, Positions = 4)]
[Conv1D(64, 3, Positions = 6, Strides = 2, Activation = Activation.Relu, Name = "encoder_1")]
[ZeroPadding1D(1, 1, Positions = 2)]
[Conv1D(64, 3, Positions = 4, Strides = 2, Activation = Activation.Relu, Name = "encoder_2")]
[Conv1D(128, 3, Positions = 1, Padding = Padding.Same, Activation = Activation.Relu, Name = "encoder_3")]
[Lstm(128, ReturnSequences = true)]
[Activation(Activation.Relu)]
[Dense(1, Activation = Activation.Sigmoid)]
internal sealed partial class SileroVad
{
    private static float Root(float power) => MathF.Sqrt(power);
}
