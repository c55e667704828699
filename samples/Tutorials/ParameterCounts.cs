using NanoRnn;

namespace Tutorials;

[RnnModel(InputSize = 1)]
[SimpleRnn(50, Activation = Activation.Relu)]
[Dense(1)]
public sealed partial class SimpleRnnModel;

[RnnModel(InputSize = 1)]
[Lstm(50, Activation = Activation.Relu)]
[Dense(1)]
public sealed partial class LstmModel;

/// <summary>A simple RNN and an LSTM of 50 units side by side: same job, four times the weights.</summary>
public static class ParameterCounts
{
    public const string Title = "Compare a SimpleRnn with an Lstm: summaries and parameter counts";

    public static void Run(TextWriter output)
    {
        output.WriteLine(SimpleRnnModel.Summary);
        output.WriteLine(LstmModel.Summary);

        const int Units = 50;
        const int Inputs = SimpleRnnModel.InputSize;
        const int SimpleRnn = (Inputs + Units + 1) * Units;
        const int Lstm = 4 * SimpleRnn;
        const int Dense = (Units + 1) * 1;
        output.WriteLine($"SimpleRnn: ({Inputs} input + {Units} units + 1 bias) x {Units} units = {SimpleRnn:N0}");
        output.WriteLine($"Lstm:      the same for 3 gates and the candidate, 4 x {SimpleRnn:N0} = {Lstm:N0}");
        output.WriteLine($"Dense:     ({Units} units + 1 bias) x 1 output = {Dense:N0}");
        output.WriteLine($"Models:    {SimpleRnnModel.ParameterCount:N0} and {LstmModel.ParameterCount:N0}");

        // Both take ten time steps of one feature, or any other number of steps: that is no part of the model.
        var sequence = RandomSums.Create(count: 1, seed: 1).GetInput(0);
        var result = new float[1];
        new SimpleRnnModel().Predict(sequence, result);
        output.WriteLine($"Untrained SimpleRnn on {sequence.Length} x {Inputs}: {result[0]:F4}");
        new LstmModel().Predict(sequence, result);
        output.WriteLine($"Untrained Lstm on {sequence.Length} x {Inputs}:      {result[0]:F4}");
    }
}
