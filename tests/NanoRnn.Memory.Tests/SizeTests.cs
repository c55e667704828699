using NanoRnn.CompilerServices;

namespace NanoRnn.Memory.Tests;

/// <summary>Numbers of sequences and steps that no memory has are refused as what they are, however far beyond 32 or 64 bits they go.</summary>
public sealed class SizeTests
{
    [Theory]
    [InlineData(int.MaxValue, int.MaxValue, "inputs")]
    [InlineData(int.MaxValue, 1, "inputs")]
    [InlineData(1 << 16, 1 << 15, "inputs")]
    [InlineData(1 << 20, 1 << 7, "tape")]
    public void TrainerRefusesWhatNoBufferHolds(int batchSize, int timeSteps, string buffer)
    {
        var options = new TrainerOptions { BatchSize = batchSize, TimeSteps = timeSteps };
        Check(Assert.Throws<ArgumentException>(() => options.GetMemoryBytes<Large>()));
        Check(Assert.Throws<ArgumentException>(() => new Trainer<Large>(new Large(), options)));

        void Check(ArgumentException mistake)
        {
            Assert.StartsWith($"The {buffer} of {batchSize} sequences of {timeSteps} time steps need ", mistake.Message, StringComparison.Ordinal);
            Assert.Contains("Choose a smaller BatchSize.", mistake.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void TapeIsNeverNegative()
    {
        Assert.InRange(LengthOf<Large>(1 << 16, 1 << 16), 1L << 32, long.MaxValue);
        Assert.Throws<OverflowException>(() => LengthOf<Large>(int.MaxValue, int.MaxValue));

        static long LengthOf<TModel>(int rows, int timeSteps)
            where TModel : class, IRnnModel<TModel> => TModel.GetTapeLength(rows, timeSteps, 0);
    }
}
