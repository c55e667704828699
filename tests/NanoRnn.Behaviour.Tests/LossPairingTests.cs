using NanoRnn.CompilerServices;

namespace NanoRnn.Behaviour.Tests;

/// <summary>A loss is accepted where the last layer gives what it is for, and nowhere else.</summary>
public class LossPairingTests
{
    private static readonly Loss[] Errors = [Loss.MeanSquaredError, Loss.MeanAbsoluteError, Loss.Huber()];

    [Fact]
    public void ErrorsAreForAllOutputs()
    {
        foreach (var loss in Errors)
        {
            Accept<Forecaster>(loss);
            Accept<Bare>(loss);
            Accept<NormalizedLast>(loss);
            Accept<DroppedLast>(loss);
            Accept<OwnLast>(loss);
            Accept<Flags>(loss);
            Accept<Classifier>(loss);
        }
    }

    [Fact]
    public void CrossEntropiesAreForProbabilities()
    {
        Accept<Flags>(Loss.BinaryCrossentropy);
        Accept<OnlyDense>(Loss.BinaryCrossentropy);
        Accept<Classifier>(Loss.BinaryCrossentropy);
        foreach (var loss in (Loss[])[Loss.CategoricalCrossentropy, Loss.SparseCategoricalCrossentropy])
        {
            Accept<Classifier>(loss);
            Accept<Tagger>(loss);
            Accept<Flags>(loss);
            Accept<ThreeDeep>(loss);
            Accept<DenseFirst>(loss);
        }
    }

    [Fact]
    public void OthersAreRefusedWithWhatToUseInstead()
    {
        Refuse<Widening>("'dense' (Dense with Linear)", "[Dense(17, Activation = Activation.Sigmoid)]", "[Dense(17, Activation = Activation.Softmax)]");
        Refuse<Bare>("'lstm' (Lstm with Softsign)", "Activation.Sigmoid", "Activation.Softmax");
        Refuse<Oscillator>("'dense' (Dense with Tanh)", "Activation.Sigmoid", "Activation.Softmax");
        Refuse<Large>("'dense' (Dense with LeakyRelu)", "Activation.Sigmoid", "Activation.Softmax");
        Refuse<OwnFunctions>("'dense' (Dense with OwnFunctions.Mixed)", "Activation.Sigmoid", "Activation.Softmax");
        Refuse<NormalizedLast>("'layer_normalization' (LayerNormalization)", "Activation.Sigmoid", "Activation.Softmax");
        Refuse<DroppedLast>("'dropout' (Dropout)", "Activation.Sigmoid", "Activation.Softmax");
        Refuse<OwnLast>("'lambda' (Lambda with OwnLast.Double)", "Activation.Sigmoid", "Activation.Softmax");
    }

    /// <summary>Hardly any number is one: softplus is positive, but not at most 1.</summary>
    [Fact]
    public void EachHasItsOwnRange()
    {
        Assert.Contains("ends with 'dense' (Dense with Softplus)", Message<ThreeDeep>(Loss.BinaryCrossentropy), StringComparison.Ordinal);
        Assert.Contains("ends with 'dense_1' (Dense with Exponential)", Message<DenseFirst>(Loss.BinaryCrossentropy), StringComparison.Ordinal);
        Assert.Contains("at least two classes", Message<Forecaster>(Loss.SparseCategoricalCrossentropy), StringComparison.Ordinal);
    }

    private static void Accept<TModel>(Loss loss)
        where TModel : class, IRnnModel<TModel> => Create<TModel>(loss).Dispose();

    private static void Refuse<TModel>(string layer, string binary, string categorical)
        where TModel : class, IRnnModel<TModel>
    {
        foreach (var (loss, instead) in ((Loss, string)[])
            [(Loss.BinaryCrossentropy, binary), (Loss.CategoricalCrossentropy, categorical), (Loss.SparseCategoricalCrossentropy, categorical)])
        {
            var message = Message<TModel>(loss);
            Assert.StartsWith($"{loss} needs outputs that are probabilities", message, StringComparison.Ordinal);
            Assert.Contains($"{TModel.Layout.ModelName} ends with {layer}: end it with ", message, StringComparison.Ordinal);
            Assert.Contains(instead, message, StringComparison.Ordinal);
        }
    }

    private static string Message<TModel>(Loss loss)
        where TModel : class, IRnnModel<TModel> => Assert.Throws<ArgumentException>("options", () => Create<TModel>(loss)).Message;

    private static Trainer<TModel> Create<TModel>(Loss loss)
        where TModel : class, IRnnModel<TModel> => new(
            TModel.Create(new AlignedBuffer(TModel.Layout.WeightLength)), new TrainerOptions { Loss = loss, BatchSize = 1, TimeSteps = 2 });
}
