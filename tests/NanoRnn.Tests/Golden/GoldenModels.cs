// Written by tests/golden/generate.py; change the cases there.
namespace NanoRnn.Tests.Golden;

[RnnModel(InputSize = 1)] [SimpleRnn(1)] [Dense(1)] internal sealed partial class SimpleRnn1Last;
[RnnModel(InputSize = 3)] [SimpleRnn(1, ReturnSequences = true)] [Dense(2)] internal sealed partial class SimpleRnn1Every;
[RnnModel(InputSize = 2)] [SimpleRnn(3)] [Dense(1)] internal sealed partial class SimpleRnn3Last;
[RnnModel(InputSize = 1)] [SimpleRnn(3, ReturnSequences = true)] [Dense(2)] internal sealed partial class SimpleRnn3Every;
[RnnModel(InputSize = 3)] [SimpleRnn(7)] [Dense(1)] internal sealed partial class SimpleRnn7Last;
[RnnModel(InputSize = 5)] [SimpleRnn(7, ReturnSequences = true)] [Dense(2)] internal sealed partial class SimpleRnn7Every;
[RnnModel(InputSize = 5)] [SimpleRnn(13)] [Dense(1)] internal sealed partial class SimpleRnn13Last;
[RnnModel(InputSize = 2)] [SimpleRnn(13, ReturnSequences = true)] [Dense(2)] internal sealed partial class SimpleRnn13Every;
[RnnModel(InputSize = 1)] [SimpleRnn(16)] [Dense(1)] internal sealed partial class SimpleRnn16Last;
[RnnModel(InputSize = 3)] [SimpleRnn(16, ReturnSequences = true)] [Dense(2)] internal sealed partial class SimpleRnn16Every;
[RnnModel(InputSize = 2)] [SimpleRnn(17)] [Dense(1)] internal sealed partial class SimpleRnn17Last;
[RnnModel(InputSize = 1)] [SimpleRnn(17, ReturnSequences = true)] [Dense(2)] internal sealed partial class SimpleRnn17Every;
[RnnModel(InputSize = 3)] [SimpleRnn(20)] [Dense(1)] internal sealed partial class SimpleRnn20Last;
[RnnModel(InputSize = 5)] [SimpleRnn(20, ReturnSequences = true)] [Dense(2)] internal sealed partial class SimpleRnn20Every;
[RnnModel(InputSize = 5)] [SimpleRnn(31)] [Dense(1)] internal sealed partial class SimpleRnn31Last;
[RnnModel(InputSize = 2)] [SimpleRnn(31, ReturnSequences = true)] [Dense(2)] internal sealed partial class SimpleRnn31Every;
[RnnModel(InputSize = 1)] [SimpleRnn(33)] [Dense(1)] internal sealed partial class SimpleRnn33Last;
[RnnModel(InputSize = 3)] [SimpleRnn(33, ReturnSequences = true)] [Dense(2)] internal sealed partial class SimpleRnn33Every;
[RnnModel(InputSize = 2)] [SimpleRnn(50)] [Dense(1)] internal sealed partial class SimpleRnn50Last;
[RnnModel(InputSize = 1)] [SimpleRnn(50, ReturnSequences = true)] [Dense(2)] internal sealed partial class SimpleRnn50Every;
[RnnModel(InputSize = 3)] [SimpleRnn(64)] [Dense(1)] internal sealed partial class SimpleRnn64Last;
[RnnModel(InputSize = 5)] [SimpleRnn(64, ReturnSequences = true)] [Dense(2)] internal sealed partial class SimpleRnn64Every;
[RnnModel(InputSize = 5)] [SimpleRnn(65)] [Dense(1)] internal sealed partial class SimpleRnn65Last;
[RnnModel(InputSize = 2)] [SimpleRnn(65, ReturnSequences = true)] [Dense(2)] internal sealed partial class SimpleRnn65Every;
[RnnModel(InputSize = 1)] [SimpleRnn(100)] [Dense(1)] internal sealed partial class SimpleRnn100Last;
[RnnModel(InputSize = 3)] [SimpleRnn(100, ReturnSequences = true)] [Dense(2)] internal sealed partial class SimpleRnn100Every;
[RnnModel(InputSize = 2)] [Lstm(1)] [Dense(1)] internal sealed partial class Lstm1Last;
[RnnModel(InputSize = 1)] [Lstm(1, ReturnSequences = true)] [Dense(2)] internal sealed partial class Lstm1Every;
[RnnModel(InputSize = 3)] [Lstm(3)] [Dense(1)] internal sealed partial class Lstm3Last;
[RnnModel(InputSize = 5)] [Lstm(3, ReturnSequences = true)] [Dense(2)] internal sealed partial class Lstm3Every;
[RnnModel(InputSize = 5)] [Lstm(7)] [Dense(1)] internal sealed partial class Lstm7Last;
[RnnModel(InputSize = 2)] [Lstm(7, ReturnSequences = true)] [Dense(2)] internal sealed partial class Lstm7Every;
[RnnModel(InputSize = 1)] [Lstm(13)] [Dense(1)] internal sealed partial class Lstm13Last;
[RnnModel(InputSize = 3)] [Lstm(13, ReturnSequences = true)] [Dense(2)] internal sealed partial class Lstm13Every;
[RnnModel(InputSize = 2)] [Lstm(16)] [Dense(1)] internal sealed partial class Lstm16Last;
[RnnModel(InputSize = 1)] [Lstm(16, ReturnSequences = true)] [Dense(2)] internal sealed partial class Lstm16Every;
[RnnModel(InputSize = 3)] [Lstm(17)] [Dense(1)] internal sealed partial class Lstm17Last;
[RnnModel(InputSize = 5)] [Lstm(17, ReturnSequences = true)] [Dense(2)] internal sealed partial class Lstm17Every;
[RnnModel(InputSize = 5)] [Lstm(20)] [Dense(1)] internal sealed partial class Lstm20Last;
[RnnModel(InputSize = 2)] [Lstm(20, ReturnSequences = true)] [Dense(2)] internal sealed partial class Lstm20Every;
[RnnModel(InputSize = 1)] [Lstm(31)] [Dense(1)] internal sealed partial class Lstm31Last;
[RnnModel(InputSize = 3)] [Lstm(31, ReturnSequences = true)] [Dense(2)] internal sealed partial class Lstm31Every;
[RnnModel(InputSize = 2)] [Lstm(33)] [Dense(1)] internal sealed partial class Lstm33Last;
[RnnModel(InputSize = 1)] [Lstm(33, ReturnSequences = true)] [Dense(2)] internal sealed partial class Lstm33Every;
[RnnModel(InputSize = 3)] [Lstm(50)] [Dense(1)] internal sealed partial class Lstm50Last;
[RnnModel(InputSize = 5)] [Lstm(50, ReturnSequences = true)] [Dense(2)] internal sealed partial class Lstm50Every;
[RnnModel(InputSize = 5)] [Lstm(64)] [Dense(1)] internal sealed partial class Lstm64Last;
[RnnModel(InputSize = 2)] [Lstm(64, ReturnSequences = true)] [Dense(2)] internal sealed partial class Lstm64Every;
[RnnModel(InputSize = 1)] [Lstm(65)] [Dense(1)] internal sealed partial class Lstm65Last;
[RnnModel(InputSize = 3)] [Lstm(65, ReturnSequences = true)] [Dense(2)] internal sealed partial class Lstm65Every;
[RnnModel(InputSize = 2)] [Lstm(100)] [Dense(1)] internal sealed partial class Lstm100Last;
[RnnModel(InputSize = 1)] [Lstm(100, ReturnSequences = true)] [Dense(2)] internal sealed partial class Lstm100Every;
[RnnModel(InputSize = 3)] [Gru(1)] [Dense(1)] internal sealed partial class Gru1Last;
[RnnModel(InputSize = 5)] [Gru(1, ReturnSequences = true)] [Dense(2)] internal sealed partial class Gru1Every;
[RnnModel(InputSize = 5)] [Gru(3)] [Dense(1)] internal sealed partial class Gru3Last;
[RnnModel(InputSize = 2)] [Gru(3, ReturnSequences = true)] [Dense(2)] internal sealed partial class Gru3Every;
[RnnModel(InputSize = 1)] [Gru(7)] [Dense(1)] internal sealed partial class Gru7Last;
[RnnModel(InputSize = 3)] [Gru(7, ReturnSequences = true)] [Dense(2)] internal sealed partial class Gru7Every;
[RnnModel(InputSize = 2)] [Gru(13)] [Dense(1)] internal sealed partial class Gru13Last;
[RnnModel(InputSize = 1)] [Gru(13, ReturnSequences = true)] [Dense(2)] internal sealed partial class Gru13Every;
[RnnModel(InputSize = 3)] [Gru(16)] [Dense(1)] internal sealed partial class Gru16Last;
[RnnModel(InputSize = 5)] [Gru(16, ReturnSequences = true)] [Dense(2)] internal sealed partial class Gru16Every;
[RnnModel(InputSize = 5)] [Gru(17)] [Dense(1)] internal sealed partial class Gru17Last;
[RnnModel(InputSize = 2)] [Gru(17, ReturnSequences = true)] [Dense(2)] internal sealed partial class Gru17Every;
[RnnModel(InputSize = 1)] [Gru(20)] [Dense(1)] internal sealed partial class Gru20Last;
[RnnModel(InputSize = 3)] [Gru(20, ReturnSequences = true)] [Dense(2)] internal sealed partial class Gru20Every;
[RnnModel(InputSize = 2)] [Gru(31)] [Dense(1)] internal sealed partial class Gru31Last;
[RnnModel(InputSize = 1)] [Gru(31, ReturnSequences = true)] [Dense(2)] internal sealed partial class Gru31Every;
[RnnModel(InputSize = 3)] [Gru(33)] [Dense(1)] internal sealed partial class Gru33Last;
[RnnModel(InputSize = 5)] [Gru(33, ReturnSequences = true)] [Dense(2)] internal sealed partial class Gru33Every;
[RnnModel(InputSize = 5)] [Gru(50)] [Dense(1)] internal sealed partial class Gru50Last;
[RnnModel(InputSize = 2)] [Gru(50, ReturnSequences = true)] [Dense(2)] internal sealed partial class Gru50Every;
[RnnModel(InputSize = 1)] [Gru(64)] [Dense(1)] internal sealed partial class Gru64Last;
[RnnModel(InputSize = 3)] [Gru(64, ReturnSequences = true)] [Dense(2)] internal sealed partial class Gru64Every;
[RnnModel(InputSize = 2)] [Gru(65)] [Dense(1)] internal sealed partial class Gru65Last;
[RnnModel(InputSize = 1)] [Gru(65, ReturnSequences = true)] [Dense(2)] internal sealed partial class Gru65Every;
[RnnModel(InputSize = 3)] [Gru(100)] [Dense(1)] internal sealed partial class Gru100Last;
[RnnModel(InputSize = 5)] [Gru(100, ReturnSequences = true)] [Dense(2)] internal sealed partial class Gru100Every;
[RnnModel(InputSize = 5)] [Gru(1, ResetAfter = false)] [Dense(1)] internal sealed partial class GruBefore1Last;
[RnnModel(InputSize = 2)] [Gru(1, ResetAfter = false, ReturnSequences = true)] [Dense(2)] internal sealed partial class GruBefore1Every;
[RnnModel(InputSize = 1)] [Gru(3, ResetAfter = false)] [Dense(1)] internal sealed partial class GruBefore3Last;
[RnnModel(InputSize = 3)] [Gru(3, ResetAfter = false, ReturnSequences = true)] [Dense(2)] internal sealed partial class GruBefore3Every;
[RnnModel(InputSize = 2)] [Gru(7, ResetAfter = false)] [Dense(1)] internal sealed partial class GruBefore7Last;
[RnnModel(InputSize = 1)] [Gru(7, ResetAfter = false, ReturnSequences = true)] [Dense(2)] internal sealed partial class GruBefore7Every;
[RnnModel(InputSize = 3)] [Gru(13, ResetAfter = false)] [Dense(1)] internal sealed partial class GruBefore13Last;
[RnnModel(InputSize = 5)] [Gru(13, ResetAfter = false, ReturnSequences = true)] [Dense(2)] internal sealed partial class GruBefore13Every;
[RnnModel(InputSize = 5)] [Gru(16, ResetAfter = false)] [Dense(1)] internal sealed partial class GruBefore16Last;
[RnnModel(InputSize = 2)] [Gru(16, ResetAfter = false, ReturnSequences = true)] [Dense(2)] internal sealed partial class GruBefore16Every;
[RnnModel(InputSize = 1)] [Gru(17, ResetAfter = false)] [Dense(1)] internal sealed partial class GruBefore17Last;
[RnnModel(InputSize = 3)] [Gru(17, ResetAfter = false, ReturnSequences = true)] [Dense(2)] internal sealed partial class GruBefore17Every;
[RnnModel(InputSize = 2)] [Gru(20, ResetAfter = false)] [Dense(1)] internal sealed partial class GruBefore20Last;
[RnnModel(InputSize = 1)] [Gru(20, ResetAfter = false, ReturnSequences = true)] [Dense(2)] internal sealed partial class GruBefore20Every;
[RnnModel(InputSize = 3)] [Gru(31, ResetAfter = false)] [Dense(1)] internal sealed partial class GruBefore31Last;
[RnnModel(InputSize = 5)] [Gru(31, ResetAfter = false, ReturnSequences = true)] [Dense(2)] internal sealed partial class GruBefore31Every;
[RnnModel(InputSize = 5)] [Gru(33, ResetAfter = false)] [Dense(1)] internal sealed partial class GruBefore33Last;
[RnnModel(InputSize = 2)] [Gru(33, ResetAfter = false, ReturnSequences = true)] [Dense(2)] internal sealed partial class GruBefore33Every;
[RnnModel(InputSize = 1)] [Gru(50, ResetAfter = false)] [Dense(1)] internal sealed partial class GruBefore50Last;
[RnnModel(InputSize = 3)] [Gru(50, ResetAfter = false, ReturnSequences = true)] [Dense(2)] internal sealed partial class GruBefore50Every;
[RnnModel(InputSize = 2)] [Gru(64, ResetAfter = false)] [Dense(1)] internal sealed partial class GruBefore64Last;
[RnnModel(InputSize = 1)] [Gru(64, ResetAfter = false, ReturnSequences = true)] [Dense(2)] internal sealed partial class GruBefore64Every;
[RnnModel(InputSize = 3)] [Gru(65, ResetAfter = false)] [Dense(1)] internal sealed partial class GruBefore65Last;
[RnnModel(InputSize = 5)] [Gru(65, ResetAfter = false, ReturnSequences = true)] [Dense(2)] internal sealed partial class GruBefore65Every;
[RnnModel(InputSize = 5)] [Gru(100, ResetAfter = false)] [Dense(1)] internal sealed partial class GruBefore100Last;
[RnnModel(InputSize = 2)] [Gru(100, ResetAfter = false, ReturnSequences = true)] [Dense(2)] internal sealed partial class GruBefore100Every;
[RnnModel(InputSize = 1)] [SimpleRnn(13, ReturnSequences = true)] [SimpleRnn(7)] [Dense(1)] internal sealed partial class SimpleRnn13SimpleRnn7Last;
[RnnModel(InputSize = 3)] [SimpleRnn(20, ReturnSequences = true)] [Lstm(33, ReturnSequences = true)] [Dense(2)] internal sealed partial class SimpleRnn20Lstm33Every;
[RnnModel(InputSize = 2)] [SimpleRnn(17, ReturnSequences = true)] [Gru(50)] [Dense(1)] internal sealed partial class SimpleRnn17Gru50Last;
[RnnModel(InputSize = 1)] [SimpleRnn(13, ReturnSequences = true)] [Gru(7, ResetAfter = false, ReturnSequences = true)] [Dense(2)] internal sealed partial class SimpleRnn13GruBefore7Every;
[RnnModel(InputSize = 2)] [Lstm(20, ReturnSequences = true)] [SimpleRnn(33, ReturnSequences = true)] [Dense(2)] internal sealed partial class Lstm20SimpleRnn33Every;
[RnnModel(InputSize = 1)] [Lstm(17, ReturnSequences = true)] [Lstm(50)] [Dense(1)] internal sealed partial class Lstm17Lstm50Last;
[RnnModel(InputSize = 3)] [Lstm(13, ReturnSequences = true)] [Gru(7, ReturnSequences = true)] [Dense(2)] internal sealed partial class Lstm13Gru7Every;
[RnnModel(InputSize = 2)] [Lstm(20, ReturnSequences = true)] [Gru(33, ResetAfter = false)] [Dense(1)] internal sealed partial class Lstm20GruBefore33Last;
[RnnModel(InputSize = 3)] [Gru(17, ReturnSequences = true)] [SimpleRnn(50)] [Dense(1)] internal sealed partial class Gru17SimpleRnn50Last;
[RnnModel(InputSize = 2)] [Gru(13, ReturnSequences = true)] [Lstm(7, ReturnSequences = true)] [Dense(2)] internal sealed partial class Gru13Lstm7Every;
[RnnModel(InputSize = 1)] [Gru(20, ReturnSequences = true)] [Gru(33)] [Dense(1)] internal sealed partial class Gru20Gru33Last;
[RnnModel(InputSize = 3)] [Gru(17, ReturnSequences = true)] [Gru(50, ResetAfter = false, ReturnSequences = true)] [Dense(2)] internal sealed partial class Gru17GruBefore50Every;
[RnnModel(InputSize = 1)] [Gru(13, ResetAfter = false, ReturnSequences = true)] [SimpleRnn(7, ReturnSequences = true)] [Dense(2)] internal sealed partial class GruBefore13SimpleRnn7Every;
[RnnModel(InputSize = 3)] [Gru(20, ResetAfter = false, ReturnSequences = true)] [Lstm(33)] [Dense(1)] internal sealed partial class GruBefore20Lstm33Last;
[RnnModel(InputSize = 2)] [Gru(17, ResetAfter = false, ReturnSequences = true)] [Gru(50, ReturnSequences = true)] [Dense(2)] internal sealed partial class GruBefore17Gru50Every;
[RnnModel(InputSize = 1)] [Gru(13, ResetAfter = false, ReturnSequences = true)] [Gru(7, ResetAfter = false)] [Dense(1)] internal sealed partial class GruBefore13GruBefore7Last;
[RnnModel(InputSize = 3)] [Lstm(17)] [Dense(5, Activation = Activation.Softmax)] internal sealed partial class LstmSoftmaxLast;
[RnnModel(InputSize = 2)] [SimpleRnn(20, ReturnSequences = true)] [Dense(17, Activation = Activation.Softmax)] internal sealed partial class SimpleRnnSoftmaxEvery;
[RnnModel(InputSize = 2)] [Gru(20, ReturnSequences = true)] [Dense(3, Activation = Activation.Softmax)] internal sealed partial class GruSoftmaxEvery;
[RnnModel(InputSize = 1)] [Gru(13, ResetAfter = false)] [Dense(33, Activation = Activation.Softmax)] internal sealed partial class GruBeforeSoftmaxLast;
[RnnModel(InputSize = 2)] [SimpleRnn(13)] [Dense(1, Activation = Activation.Sigmoid)] internal sealed partial class SimpleRnnSigmoidLast;
[RnnModel(InputSize = 1)] [Lstm(7, ReturnSequences = true)] [Dense(3, Activation = Activation.Sigmoid)] internal sealed partial class LstmSigmoidEvery;
[RnnModel(InputSize = 1)] [SimpleRnn(50, Activation = Activation.Relu)] [Dense(1)] internal sealed partial class SimpleRnnReluLast;
[RnnModel(InputSize = 3)] [SimpleRnn(17, Activation = Activation.Relu, ReturnSequences = true)] [Dense(2)] internal sealed partial class SimpleRnnReluEvery;
[RnnModel(InputSize = 2)] [SimpleRnn(20, ReturnSequences = true)] internal sealed partial class SimpleRnnAlone;
[RnnModel(InputSize = 3)] [Lstm(17)] internal sealed partial class LstmAlone;
[RnnModel(InputSize = 1)] [Gru(13, ReturnSequences = true)] internal sealed partial class GruAlone;
[RnnModel(InputSize = 5)] [Gru(33, ResetAfter = false)] internal sealed partial class GruBeforeAlone;
[RnnModel(InputSize = 2)] [Lstm(13)] [Dense(9, Activation = Activation.Tanh)] [Dense(2)] internal sealed partial class LstmHiddenDense;
[RnnModel(InputSize = 3)] [Dense(7, Activation = Activation.Elu)] [Gru(17, ReturnSequences = true)] [Dense(20, Activation = Activation.Softplus)] [Dense(1)] internal sealed partial class DenseBelowGru;
[RnnModel(InputSize = 2)] [Lstm(13)] [Dense(7, Activation = Activation.Softplus)] [Dense(2)] internal sealed partial class LstmHiddenSoftplus;

/// <summary>The models of the golden cases that can take one step after the other.</summary>
internal static class GoldenModels
{
    public static ModelRegistry All { get; } = new()
    {
        { () => new SimpleRnn1Last(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new SimpleRnn1Every(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new SimpleRnn3Last(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new SimpleRnn3Every(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new SimpleRnn7Last(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new SimpleRnn7Every(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new SimpleRnn13Last(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new SimpleRnn13Every(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new SimpleRnn16Last(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new SimpleRnn16Every(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new SimpleRnn17Last(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new SimpleRnn17Every(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new SimpleRnn20Last(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new SimpleRnn20Every(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new SimpleRnn31Last(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new SimpleRnn31Every(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new SimpleRnn33Last(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new SimpleRnn33Every(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new SimpleRnn50Last(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new SimpleRnn50Every(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new SimpleRnn64Last(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new SimpleRnn64Every(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new SimpleRnn65Last(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new SimpleRnn65Every(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new SimpleRnn100Last(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new SimpleRnn100Every(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new Lstm1Last(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new Lstm1Every(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new Lstm3Last(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new Lstm3Every(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new Lstm7Last(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new Lstm7Every(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new Lstm13Last(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new Lstm13Every(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new Lstm16Last(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new Lstm16Every(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new Lstm17Last(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new Lstm17Every(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new Lstm20Last(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new Lstm20Every(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new Lstm31Last(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new Lstm31Every(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new Lstm33Last(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new Lstm33Every(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new Lstm50Last(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new Lstm50Every(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new Lstm64Last(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new Lstm64Every(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new Lstm65Last(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new Lstm65Every(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new Lstm100Last(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new Lstm100Every(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new Gru1Last(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new Gru1Every(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new Gru3Last(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new Gru3Every(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new Gru7Last(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new Gru7Every(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new Gru13Last(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new Gru13Every(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new Gru16Last(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new Gru16Every(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new Gru17Last(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new Gru17Every(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new Gru20Last(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new Gru20Every(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new Gru31Last(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new Gru31Every(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new Gru33Last(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new Gru33Every(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new Gru50Last(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new Gru50Every(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new Gru64Last(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new Gru64Every(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new Gru65Last(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new Gru65Every(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new Gru100Last(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new Gru100Every(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new GruBefore1Last(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new GruBefore1Every(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new GruBefore3Last(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new GruBefore3Every(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new GruBefore7Last(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new GruBefore7Every(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new GruBefore13Last(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new GruBefore13Every(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new GruBefore16Last(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new GruBefore16Every(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new GruBefore17Last(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new GruBefore17Every(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new GruBefore20Last(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new GruBefore20Every(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new GruBefore31Last(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new GruBefore31Every(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new GruBefore33Last(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new GruBefore33Every(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new GruBefore50Last(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new GruBefore50Every(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new GruBefore64Last(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new GruBefore64Every(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new GruBefore65Last(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new GruBefore65Every(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new GruBefore100Last(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new GruBefore100Every(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new SimpleRnn13SimpleRnn7Last(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new SimpleRnn20Lstm33Every(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new SimpleRnn17Gru50Last(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new SimpleRnn13GruBefore7Every(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new Lstm20SimpleRnn33Every(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new Lstm17Lstm50Last(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new Lstm13Gru7Every(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new Lstm20GruBefore33Last(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new Gru17SimpleRnn50Last(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new Gru13Lstm7Every(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new Gru20Gru33Last(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new Gru17GruBefore50Every(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new GruBefore13SimpleRnn7Every(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new GruBefore20Lstm33Last(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new GruBefore17Gru50Every(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new GruBefore13GruBefore7Last(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new LstmSoftmaxLast(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new SimpleRnnSoftmaxEvery(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new GruSoftmaxEvery(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new GruBeforeSoftmaxLast(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new SimpleRnnSigmoidLast(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new LstmSigmoidEvery(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new SimpleRnnReluLast(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new SimpleRnnReluEvery(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new SimpleRnnAlone(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new LstmAlone(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new GruAlone(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new GruBeforeAlone(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new LstmHiddenDense(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new DenseBelowGru(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
        { () => new LstmHiddenSoftplus(), m => m.Weights, m => m.Predict, m => { var s = m.CreateSession(); return new((x, y) => s.Step(x, y), () => s.Reset()); } },
    };
}
