namespace NanoRnn.Tests.Cells;

// Pairs of the same cell, built in and described.
[RnnModel(InputSize = 2)] [Lstm(5, UnitForgetBias = false)] [Dense(1)] internal sealed partial class BuiltInLstm5;
[RnnModel(InputSize = 2)] [CustomRnn(typeof(OwnCells), nameof(OwnCells.Lstm), 5, Name = "lstm")] [Dense(1)] internal sealed partial class OwnLstm5;
[RnnModel(InputSize = 9)] [Lstm(35, UnitForgetBias = false, UseBias = false, ReturnSequences = true, Activation = Activation.Softsign)] [Lstm(17, UnitForgetBias = false)] internal sealed partial class BuiltInLstm35;
[RnnModel(InputSize = 9)] [CustomRnn(typeof(OwnCells), nameof(OwnCells.Lstm), 35, UseBias = false, ReturnSequences = true, Activation = Activation.Softsign, Name = "lstm")] [CustomRnn(typeof(OwnCells), nameof(OwnCells.Lstm), 17, Name = "lstm_1")] internal sealed partial class OwnLstm35;
[RnnModel(InputSize = 2)] [Gru(17, ResetAfter = false, RecurrentActivation = Activation.HardSigmoid)] [Dense(1)] internal sealed partial class BuiltInGru;
[RnnModel(InputSize = 2)] [CustomRnn(typeof(OwnCells), nameof(OwnCells.Gru), 17, RecurrentActivation = Activation.HardSigmoid, Name = "gru")] [Dense(1)] internal sealed partial class OwnGru;

[RnnModel(InputSize = 2)]
[SimpleRnn(6, ActivationMethod = nameof(MethodRnn.Bend))]
internal sealed partial class MethodRnn
{
    private static float Bend(float x) => OwnCells.Bend(x);
}

[RnnModel(InputSize = 2)] [CustomRnn(typeof(OwnCells), nameof(OwnCells.Plain), 6, Name = "simple_rnn")] internal sealed partial class OwnRnn;
