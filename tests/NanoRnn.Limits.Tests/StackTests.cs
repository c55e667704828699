using NanoRnn.CompilerServices;

namespace NanoRnn.Limits.Tests;

/// <summary>Predictions fit a small stack; those that need more have memory of the thread.</summary>
public class StackTests
{
    [Fact]
    public async Task PredictionsFitAThreadOf256Kilobytes() => Assert.Equal(
        [
            "WideNormalization predict", "Wide predict", "WideMasking predict", "Whole predict", "WideIntegers predict", "WideNormalization step",
            "Translation generate", "Whole train",
        ],
        await HostProcess.RunAsync("stack"));

    [Fact]
    public void ThreadsMemoryIsAllocatedOnce()
    {
        var model = new StackModels.WideNormalization(1);
        var (inputs, outputs) = (new float[6], new float[6]);
        var before = 0L;
        for (var turn = 0; turn < 3; turn++)
        {
            if (turn == 1)
                before = GC.GetAllocatedBytesForCurrentThread();
            model.Predict(inputs.AsSpan(0, 3), outputs.AsSpan(0, 3));
            model.PredictBatch(inputs, 3, outputs);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void ConstantsAreWhatAPredictionTakes()
    {
        const int MaxStackBytes = 64 * 1024;
        Assert.True(StackModels.WideNormalization.Memory.PredictScratchBytes > 2 * 65536 * sizeof(float));
        Assert.InRange(StackModels.OnStack.Memory.PredictScratchBytes, 1, MaxStackBytes + (StackMemory.Slack * sizeof(float)));
    }

    [Fact]
    public void BatchesTakeAsManyRowsAsFit()
    {
        Assert.Equal(16, ScratchMemory.FitRows(1000, 16));
        Assert.Equal(3, ScratchMemory.FitRows(300_000_000, 16));
        Assert.Equal(1, ScratchMemory.FitRows(3_000_000_000, 16));
        var mistake = Assert.Throws<ArgumentException>(() => ScratchMemory.Get(3_000_000_000));
        Assert.Contains("its prediction needs 3000000000 floats of memory, more than the 1073741", mistake.Message, StringComparison.Ordinal);
    }
}
