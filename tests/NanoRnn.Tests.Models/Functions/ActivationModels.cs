namespace NanoRnn.Tests.Functions;

[RnnModel(InputSize = 64)] [Activation(Activation.Sigmoid)] internal sealed partial class SigmoidOfFloats;
[RnnModel(InputSize = 64)] [Activation(Activation.Tanh)] internal sealed partial class TanhOfFloats;
[RnnModel(InputSize = 64)] [Activation(Activation.Silu)] internal sealed partial class SiluOfFloats;
[RnnModel(InputSize = 64)] [Activation(Activation.Gelu)] internal sealed partial class GeluOfFloats;
[RnnModel(InputSize = 64)] [Activation(Activation.Softplus)] internal sealed partial class SoftplusOfFloats;
[RnnModel(InputSize = 64)] [Activation(Activation.Softsign)] internal sealed partial class SoftsignOfFloats;
[RnnModel(InputSize = 64)] [Activation(Activation.Elu)] internal sealed partial class EluOfFloats;
[RnnModel(InputSize = 64)] [Activation(Activation.Selu)] internal sealed partial class SeluOfFloats;
[RnnModel(InputSize = 64)] [Activation(Activation.Exponential)] internal sealed partial class ExponentialOfFloats;
