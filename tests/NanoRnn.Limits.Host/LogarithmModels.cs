namespace NanoRnn.Limits;

/// <summary>
/// Models of a function that is not finite at zero, which padding lanes may hold: all that they compute of ordinary numbers is finite.
/// </summary>
internal static partial class LogarithmModels
{
    private static float Log(float x) => MathF.Log(x);

    [RnnModel(InputSize = 2), Dense(2, Activation = Activation.Softplus), LayerNormalization, Activation(Activation.Softplus), Lambda(nameof(Log)), Dense(1)] internal sealed partial class Log2;
    [RnnModel(InputSize = 2), Dense(3, Activation = Activation.Softplus), LayerNormalization, Activation(Activation.Softplus), Lambda(nameof(Log)), Dense(1)] internal sealed partial class Log3;
    [RnnModel(InputSize = 2), Dense(4, Activation = Activation.Softplus), LayerNormalization, Activation(Activation.Softplus), Lambda(nameof(Log)), Dense(1)] internal sealed partial class Log4;
    [RnnModel(InputSize = 2), Dense(5, Activation = Activation.Softplus), LayerNormalization, Activation(Activation.Softplus), Lambda(nameof(Log)), Dense(1)] internal sealed partial class Log5;
    [RnnModel(InputSize = 2), Dense(6, Activation = Activation.Softplus), LayerNormalization, Activation(Activation.Softplus), Lambda(nameof(Log)), Dense(1)] internal sealed partial class Log6;
    [RnnModel(InputSize = 2), Dense(7, Activation = Activation.Softplus), LayerNormalization, Activation(Activation.Softplus), Lambda(nameof(Log)), Dense(1)] internal sealed partial class Log7;
    [RnnModel(InputSize = 2), Dense(8, Activation = Activation.Softplus), LayerNormalization, Activation(Activation.Softplus), Lambda(nameof(Log)), Dense(1)] internal sealed partial class Log8;
    [RnnModel(InputSize = 2), Dense(9, Activation = Activation.Softplus), LayerNormalization, Activation(Activation.Softplus), Lambda(nameof(Log)), Dense(1)] internal sealed partial class Log9;
    [RnnModel(InputSize = 2), Dense(10, Activation = Activation.Softplus), LayerNormalization, Activation(Activation.Softplus), Lambda(nameof(Log)), Dense(1)] internal sealed partial class Log10;
    [RnnModel(InputSize = 2), Dense(11, Activation = Activation.Softplus), LayerNormalization, Activation(Activation.Softplus), Lambda(nameof(Log)), Dense(1)] internal sealed partial class Log11;
    [RnnModel(InputSize = 2), Dense(12, Activation = Activation.Softplus), LayerNormalization, Activation(Activation.Softplus), Lambda(nameof(Log)), Dense(1)] internal sealed partial class Log12;
    [RnnModel(InputSize = 2), Dense(13, Activation = Activation.Softplus), LayerNormalization, Activation(Activation.Softplus), Lambda(nameof(Log)), Dense(1)] internal sealed partial class Log13;
    [RnnModel(InputSize = 2), Dense(14, Activation = Activation.Softplus), LayerNormalization, Activation(Activation.Softplus), Lambda(nameof(Log)), Dense(1)] internal sealed partial class Log14;
    [RnnModel(InputSize = 2), Dense(15, Activation = Activation.Softplus), LayerNormalization, Activation(Activation.Softplus), Lambda(nameof(Log)), Dense(1)] internal sealed partial class Log15;
    [RnnModel(InputSize = 2), Dense(16, Activation = Activation.Softplus), LayerNormalization, Activation(Activation.Softplus), Lambda(nameof(Log)), Dense(1)] internal sealed partial class Log16;
    [RnnModel(InputSize = 2), Dense(17, Activation = Activation.Softplus), LayerNormalization, Activation(Activation.Softplus), Lambda(nameof(Log)), Dense(1)] internal sealed partial class Log17;
    [RnnModel(InputSize = 2), Dense(20, Activation = Activation.Softplus), LayerNormalization, Activation(Activation.Softplus), Lambda(nameof(Log)), Dense(1)] internal sealed partial class Log20;
    [RnnModel(InputSize = 2), Dense(33, Activation = Activation.Softplus), LayerNormalization, Activation(Activation.Softplus), Lambda(nameof(Log)), Dense(1)] internal sealed partial class Log33;
}
