using Microsoft.CodeAnalysis.CSharp;
using NanoRnn.Generators.Tests.Infrastructure;

namespace NanoRnn.Generators.Tests;

/// <summary>The versions of C# in which models and calls of the library compile.</summary>
public sealed class LanguageTests
{
    private const string Source = """
        using System;
        using NanoRnn;
        [RnnModel(InputSize = 2, TimeSteps = 3, BatchSize = 2), Lstm(20, ReturnSequences = true), Gru(5, ResetAfter = false), Dense(6, Activation = Activation.Softmax)] partial class Model { }
        [RnnModel, Embedding(5, 3, MaskZero = true), Gru(18, Direction = Direction.Bidirectional), RepeatVector(2), SimpleRnn(3)] partial class Whole { }
        [RnnModel(InputSize = 8, Precision = Precision.Int8), Lstm(20), Decoder(1, 2), Embedding(5, 3), Lstm(20, ReturnSequences = true), Dense(5, Activation = Activation.Softmax)] partial class Decoding { }
        static class Program
        {
            static void Train(Model model, Callback callback)
            {
                var data = new SequenceDataset(new float[12], new float[12], 3, 2, 6);
                using (var trainer = new Trainer<Model>(model, new TrainerOptions { Loss = Loss.MeanSquaredError, Optimizer = Optimizer.Adam(0.001f), BatchSize = 2, TimeSteps = 3 }))
                {
                    trainer.Fit(data);
                    trainer.Fit(data, epochs: 2, validation: data);
                    trainer.Fit(data, 2, data, callback, callback);
                    trainer.TrainBatch(new float[12], new float[12]);
                    trainer.Evaluate(data);
                }

                model.Predict(new float[6], new float[6]);
            }
        }
        """;

    [Theory]
    [InlineData(LanguageVersion.CSharp12)]
    [InlineData(LanguageVersion.CSharp13)]
    public void ModelsCompileFromCSharp12On(LanguageVersion version) => Generation.InLanguage(version, Source).AssertCompiles();

    [Fact]
    public void LowerVersionsAreReported()
    {
        var generation = Generation.InLanguage(LanguageVersion.CSharp10, "using NanoRnn; [RnnModel(InputSize = 2), Lstm(3)] partial class Model { }");
        Assert.Empty(generation.Files);
        Assert.Equal(
            new Mistake("NRNN0053", "RnnModel(InputSize = 2)", "'Model' needs C# 12.0 or higher, but the project's LangVersion is 10.0"),
            Assert.Single(Mistake.Of(generation)));
    }

    [Fact]
    public void ModelsKeepThePromiseOfAllLanguages() => Generation.Of("""
        using NanoRnn;
        [assembly: System.CLSCompliant(true)]
        /// <summary>A model.</summary>
        [RnnModel(InputSize = 2, TimeSteps = 3, BatchSize = 2), Lstm(20, ReturnSequences = true), Dense(6, Activation = Activation.Softmax)] public sealed partial class Model;
        /// <summary>A model.</summary>
        [RnnModel, Embedding(5, 3, MaskZero = true), Gru(18, Direction = Direction.Bidirectional), RepeatVector(2), SimpleRnn(3)] public partial class Whole;
        /// <summary>A model.</summary>
        [RnnModel(InputSize = 8, Precision = Precision.Int8), Lstm(20), Decoder(1, 2), Embedding(5, 3), Lstm(20, ReturnSequences = true), Dense(5, Activation = Activation.Softmax)]
        public partial class Decoding;
        """).AssertCompiles();
}
